/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* The write path over HTTP. */
void rai_handle_commands (RaiRequest *request);
