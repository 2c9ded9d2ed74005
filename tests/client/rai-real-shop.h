/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

/* The real server on an empty shop of one store (S1), and somebody who is signed in to it. Errors
 * end the test. */
typedef struct {
  char *folder;
  char *db_url;
  char *server_url;
  GSubprocess *server;
  RaiSyncEngine *engine;
  RaiSession *session;
} RaiRealShop;

RaiRealShop *rai_real_shop_open (const char *role);
void rai_real_shop_close (RaiRealShop *shop);
void rai_real_shop_stop_server (RaiRealShop *shop);
/* At the address that it had. */
void rai_real_shop_start_server (RaiRealShop *shop);
/* One number of the server's database. */
int64_t rai_real_shop_count (RaiRealShop *shop, const char *sql);
/* Writes a file of the shop's folder and returns its path, owned by the caller. */
char *rai_real_shop_write (RaiRealShop *shop, const char *name, const char *text);
/* Runs the main loop until the condition holds; fails the test after half a minute. */
void rai_real_shop_wait (bool (*test) (void *data), void *data, const char *what);
