/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"
#include "rai-test-db.h"

/* The accounts of rai_test_db_fill, valid for the life of the program. */
const RaiIdentity *rai_test_admin (void);
const RaiIdentity *rai_test_manager (void);   /* store 1 */
const RaiIdentity *rai_test_associate (void); /* store 1 */
const RaiIdentity *rai_test_regional (void);

/* Runs a command with an id of its own and checks its status; the answer lives until the next
 * call. */
const RaiAnswer *rai_test_run (RaiDb *db, const RaiIdentity *caller, const char *name,
                               const char *arguments, RaiAnswerStatus status);
/* The same, which must be refused with this code. */
const RaiAnswer *rai_test_refused (RaiDb *db, const RaiIdentity *caller, const char *name,
                                   const char *arguments, const char *code);
/* The id that the last command was run with. */
const char *rai_test_last_id (void);
/* Runs it again under the last id. */
const RaiAnswer *
rai_test_run_again (RaiDb *db, const RaiIdentity *caller, const char *name, const char *arguments);
int64_t rai_test_int (RaiDb *db, const char *sql);
