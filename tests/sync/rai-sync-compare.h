/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"

/* Compares a replica with the rows of the server's database that the account may see, table by
 * table, row by row, value by value (invariants 3 and 5). NULL when they are equal, else the first
 * difference. */
char *rai_sync_compare (RaiDb *server, RaiDb *replica, const RaiIdentity *identity);
