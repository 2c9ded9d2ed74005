/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Ends all sign-ins of an account, for good: they do not come back with it. Within the caller's
 * write transaction. */
bool rai_session_end_all (RaiDb *db, int64_t account_id, GError **error);
