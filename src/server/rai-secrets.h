/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "server/rai-token.h"

/* The server's own secrets, kept in table meta: the key that signs access tokens. */

/* Reads the key, and makes it when there is none yet. meta must hold server_id
 * (rai_sync_server_prepare). The issuer is owned by the caller. */
bool rai_secrets_load (RaiDb *db, RaiTokenKey *key, GError **error);
