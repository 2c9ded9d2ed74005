/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rai-test-server.h"

/* Files sent in pieces and brought in over HTTP, as a client does. */

#define RAI_TEST_HEADINGS "site,receipt,time,item,quantity,amount\n"
#define RAI_TEST_GOOD \
  RAI_TEST_HEADINGS "S1,R1,2026-03-02 10:00,A1,2,3.00\nS1,R2,2026-03-02 11:00,A1,1,1.50\n"
#define RAI_TEST_WRONG RAI_TEST_GOOD "S1,R3,2026-03-02 12:00,A1,many,1.50\n"

RaiTestReply *
rai_test_upload_begin (RaiTestServer *server, const char *token, const char *name, int64_t size);
RaiTestReply *rai_test_upload_piece (RaiTestServer *server, const char *token, const char *id,
                                     const char *offset, const char *text);
/* The id of the whole upload. */
char *rai_test_upload (RaiTestServer *server, const char *token, const char *text);

/* more: members behind the others, ",\"dry_run\":true". */
RaiTestReply *rai_test_import_start (RaiTestServer *server, const char *token, const char *id,
                                     const char *upload_id, const char *more);
RaiTestReply *rai_test_import_look (RaiTestServer *server, const char *token, const char *id);
/* Until its end. */
RaiTestReply *rai_test_import_wait (RaiTestServer *server, const char *token, const char *id);
/* All of these. */
RaiTestReply *
rai_test_import (RaiTestServer *server, const char *token, const char *text, const char *more);
/* A count of the result. */
int64_t rai_test_import_count (RaiTestReply *reply, const char *name);

int64_t rai_test_count_rows (RaiTestServer *server, const char *sql);
