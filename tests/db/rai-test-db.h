/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Fresh databases for tests, of either kind. PostgreSQL is one server a test program: made in a
 * scratch folder on a Unix socket at the first use, as an ordinary user when the test runs as root,
 * and removed by rai_test_db_end. Errors end the test. */

/* True when the test runs on PostgreSQL too: its programs are installed (RAI_TEST_POSTGRESQL=0 says
 * no). */
bool rai_test_db_have_postgresql (void);

/* The URL of a new, empty database; owned by the caller. */
char *rai_test_db_url (RaiDbKind kind);
/* A new database with our schema, open for writing. */
RaiDb *rai_test_db_new (RaiDbKind kind);
/* The same, with the URL for further connections. */
RaiDb *rai_test_db_new_at (RaiDbKind kind, char **url);

/* Adds /db/NAME/sqlite and /db/NAME/postgresql, the latter skipped with a message when it is not
 * installed. */
void rai_test_db_add (const char *path, void (*test) (RaiDb *db));

/* Two stores (1 "Harbour Street", 2 "Mill Lane"), two departments, a supplier, five items (1..5,
 * item n costs n * 50 and sells for n * 100; item 5 keeps three days), stock of 10 pieces each at
 * store 1 and 20 at store 2, sales of day RAI_TEST_DAY in the roll-ups, a proposed order "…a1" at
 * store 1 with items 1 (12) and 2 (6), an open alert "…b1" on item 3 of store 1, and accounts 1
 * admin, 2 manager of store 1, 3 associate of store 1, 4 regional manager. */
#define RAI_TEST_DAY 20500
#define RAI_TEST_ORDER "01970000-0000-7000-8000-0000000000a1"
#define RAI_TEST_ALERT "01970000-0000-7000-8000-0000000000b1"
void rai_test_db_fill (RaiDb *db);

/* Stops and removes what was started and made. Call it last; returns status for main. */
int rai_test_db_end (int status);
