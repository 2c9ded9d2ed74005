/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* What monitors and tools ask. */
void rai_handle_health (RaiRequest *request);
void rai_handle_ready (RaiRequest *request);
void rai_handle_metrics (RaiRequest *request);
void rai_handle_openapi (RaiRequest *request);
