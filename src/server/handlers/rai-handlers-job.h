/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Asking for long work; how it goes is the query `jobs`. */
void rai_handle_job (RaiRequest *request);
