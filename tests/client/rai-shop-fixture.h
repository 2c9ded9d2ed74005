/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"
#include "rai-sync-fixture.h"

/* Two stores with a year of sales, forecasts, orders and alerts, on top of the rows of the sync
 * fixture. The last day with sales is 20000, a Friday: today is 20001, Saturday 5 October 2024.
 * Store 1 sold 1,000 EUR on the last day, 900 were forecast. */
#define RAI_SHOP_LAST_DAY 20000
#define RAI_SHOP_TODAY 20001
#define RAI_SHOP_HORIZON 28

void rai_shop_fixture_fill (RaiDb *db);
/* A query on the server's database by the program itself; arguments are taken. Fails the test on
 * errors. */
RaiRows *rai_shop_fixture_query (RaiDb *db, const char *query, GHashTable *arguments);

/* A page of a type in a window of its own, signed in and filled. */
typedef struct {
  RaiSyncFixture *fixture;
  RaiSyncEngine *engine;
  RaiSession *session;
  GtkWidget *window;
  RaiPage *page;
} RaiShop;
void rai_shop_open (RaiShop *shop, RaiRole role, int64_t site, GType page_type, bool filled);
/* The same; `prepare` is called before anything is written on the computer (device "till"). */
void rai_shop_open_on (RaiShop *shop, RaiRole role, int64_t site, GType page_type, bool filled,
                       void (*prepare) (RaiSyncFixture *fixture, const char *device));
void rai_shop_close (RaiShop *shop);
/* Until the page has all its answers, and the main loop nothing to do. */
void rai_shop_wait_filled (RaiShop *shop);
/* The first label below a widget, visible and not empty, whose text contains a part; NULL when
 * there is none. */
GtkWidget *rai_shop_find_label (GtkWidget *root, const char *part);
/* The first button below a widget with a label. */
GtkWidget *rai_shop_find_button (GtkWidget *root, const char *label);
GtkWidget *rai_shop_find_type (GtkWidget *root, GType type);
/* Until the page shows such a label, or none any more. */
void rai_shop_wait_for_label (RaiShop *shop, const char *part);
void rai_shop_wait_for_no_label (RaiShop *shop, const char *part);
/* Presses the first button with a label, which must be there. */
void rai_shop_press (GtkWidget *root, const char *label);
/* One number of the server's database. */
int64_t rai_shop_count_on_server (RaiShop *shop, const char *sql);
