/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Signing in, staying signed in, signing out. */
void rai_handle_login (RaiRequest *request);
void rai_handle_refresh (RaiRequest *request);
void rai_handle_logout (RaiRequest *request);
void rai_handle_account (RaiRequest *request);
