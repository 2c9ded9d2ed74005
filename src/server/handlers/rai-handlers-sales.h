/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Receipts of tills, many at a time. */
void rai_handle_sales (RaiRequest *request);
