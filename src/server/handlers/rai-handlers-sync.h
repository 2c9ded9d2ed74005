/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Snapshot, changes and the live channel. */
void rai_handle_snapshot (RaiRequest *request);
void rai_handle_changes (RaiRequest *request);
void rai_handle_live (RaiRequest *request);
