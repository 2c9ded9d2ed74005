/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* The read path over HTTP. */
void rai_handle_query (RaiRequest *request);
