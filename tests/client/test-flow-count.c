/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unplugged, a shelf is counted and a delivery received: every word that depends on stock follows
 * at once, on each page and in each sum. What was
 * counted is corrected, and what came is thrown away: they follow again, and the server says the
 * same. */
#include "client/pages/rai-alerts-page.h"
#include "client/pages/rai-dashboard-page.h"
#include "client/pages/rai-inventory-page.h"
#include "client/widgets/rai-item-pane.h"
#include "client/widgets/rai-stock-dialog.h"
#include "rai-shop-fixture.h"

#include <string.h>

#define DELIVERY "00000000-0000-7000-a000-000000000002"

/* Items 2 and 3 are empty and sell four a day; ten of item 3 are due today. */
static const char empty_shelves[] =
    "UPDATE site SET planned_day = 20001, rev = :rev WHERE id = 1;"
    "UPDATE stock SET on_hand = 0, on_order = CASE item_id WHEN 3 THEN 10000 ELSE 0 END, "
    "rev = :rev WHERE site_id = 1 AND item_id IN (2, 3);"
    "UPDATE plan SET status = 'out', cover_days = 0, stockout_day = 20001, rev = :rev, "
    "needs = '4000,8000,12000,16000,20000,24000,28000,32000,36000,40000,44000,48000,52000,56000,"
    "60000,64000,68000,72000,76000,80000,84000,88000,92000,96000,100000,104000,108000,112000', "
    "needs_week = 28000, short_days = 3, short_below = 12000, over_from = 241000, "
    "supply_day = 20004 WHERE site_id = 1 AND item_id IN (2, 3);";

static void
empty (RaiShop *shop) {
  g_autoptr (GError) error = NULL;
  RaiDb *db = rai_sync_fixture_db (shop->fixture);
  int64_t revision = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_auto (GStrv) parts = g_strsplit (empty_shelves, ":rev", -1);
  g_autofree char *sql = g_strjoinv (number, parts);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  rai_sync_engine_wake (shop->engine);
  rai_sync_fixture_settle (shop->fixture, shop->engine);
}

/* How items 2 and 3 stand, and the sums, as a database tells. */
static char *
said (RaiDb *db) {
  GString *text = g_string_new (NULL);

  for (int item = 2; item <= 3; item++) {
    g_autofree char *id = g_strdup_printf ("%d", item);
    g_autoptr (RaiRows) row =
        rai_shop_fixture_query (db, "item", rai_query_arguments ("site", "1", "item", id, NULL));
    g_string_append_printf (text, "%s lasts %d till %d next %d; ",
                            rai_rows_get_text (row, 0, "status"),
                            (int) rai_rows_get_int (row, 0, "cover_days"),
                            (int) rai_rows_get_int (row, 0, "stockout_day"),
                            (int) rai_rows_get_int (row, 0, "next_delivery"));
  }

  g_autoptr (RaiRows) briefing = rai_shop_fixture_query (
      db, "briefing", rai_query_arguments ("site", "1", "day", "2024-10-04", NULL));
  g_autoptr (RaiRows) out = rai_shop_fixture_query (
      db, "items", rai_query_arguments ("site", "1", "status", "out", NULL));
  g_autoptr (RaiRows) badge =
      rai_shop_fixture_query (db, "counts", rai_query_arguments ("site", "1", NULL));
  g_autoptr (RaiRows) open = rai_shop_fixture_query (
      db, "alerts", rai_query_arguments ("site", "1", "state", "open", NULL));
  g_string_append_printf (text, "out %d = %d, runs out %d, alerts %d = %d = %d",
                          (int) rai_rows_get_int (briefing, 0, "out"), (int) rai_rows_count (out),
                          (int) rai_rows_get_int (briefing, 0, "runs_out"),
                          (int) rai_rows_get_int (briefing, 0, "alerts"),
                          (int) rai_rows_get_int (badge, 0, "alerts"), (int) rai_rows_count (open));

  return g_string_free (text, FALSE);
}

/* The replica, without waiting. */
static void
assert_said (RaiShop *shop, const char *expected) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_sync_engine_get_replica_url (shop->engine);
  g_autoptr (RaiDb) replica = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_autofree char *text = said (replica);
  g_assert_cmpstr (text, ==, expected);
}

/* ---- What is waited for ---- */

typedef struct {
  GtkWidget *root;
  const char *part;
} Shown;

static bool
is_shown (void *data) {
  const Shown *shown = data;
  return rai_shop_find_label (shown->root, shown->part) != NULL;
}

static void
wait_shown (void *root, const char *part) {
  Shown shown = { root, part };
  rai_sync_fixture_wait (is_shown, &shown, part);
}

/* A page beside the shop's own, in the same session. */
static GtkWidget *
open_page (RaiShop *shop, GType type) {
  GtkWidget *window = gtk_window_new (), *page = g_object_new (type, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 900);
  gtk_window_set_child (GTK_WINDOW (window), page);
  rai_page_set_session (RAI_PAGE (page), shop->session);
  gtk_window_present (GTK_WINDOW (window));
  return page;
}

static void
close_page (GtkWidget *page) {
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (page)));
}

/* ---- What is done ---- */

static GtkWidget *
dialog (void) {
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    if (RAI_IS_STOCK_DIALOG (window))
      return window;
  }
  return NULL;
}

static bool
is_saved (void *nothing) {
  return dialog () == NULL;
}

static void
count (RaiShop *shop, const char *quantity) {
  g_signal_emit_by_name (rai_shop_find_button (GTK_WIDGET (shop->page), "_Count"), "clicked");
  GtkWidget *counting = dialog ();
  GObject *entry = gtk_widget_get_template_child (counting, RAI_TYPE_STOCK_DIALOG, "quantity");
  GObject *save = gtk_widget_get_template_child (counting, RAI_TYPE_STOCK_DIALOG, "save");
  gtk_editable_set_text (GTK_EDITABLE (entry), quantity);
  g_signal_emit_by_name (save, "clicked");
  rai_sync_fixture_wait (is_saved, NULL, "the count to be saved");
}

static void
submitted_cb (GObject *session, GAsyncResult *result, void *done) {
  g_autoptr (GError) error = NULL;
  RaiAnswer *answer = rai_session_submit_finish (RAI_SESSION (session), result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
  rai_answer_free (answer);
  *(bool *) done = true;
}

static bool
is_true (void *value) {
  return *(bool *) value;
}

static void
submit (RaiShop *shop, const char *command, const char *arguments) {
  bool done = false;
  rai_session_submit_async (shop->session, command, arguments, NULL, submitted_cb, &done);
  rai_sync_fixture_wait (is_true, &done, command);
}

#define AS_IT_WAS \
  "out lasts 0 till 20001 next 20004; out lasts 0 till 20003 next 20001; " \
  "out 4 = 4, runs out 1, alerts 5 = 5 = 5"

/* The delivery is there no more, and what would be ordered now comes next. */
#define NOTHING_LEFT \
  "out lasts 0 till 20001 next 20004; out lasts 0 till 20001 next 20004; " \
  "out 4 = 4, runs out 1, alerts 5 = 5 = 5"

static void
test_count (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_INVENTORY_PAGE, true);
  empty (&shop);
  rai_sync_fixture_set_online (shop.fixture, false);
  assert_said (&shop, AS_IT_WAS);

  GtkWidget *dashboard = open_page (&shop, RAI_TYPE_DASHBOARD_PAGE);
  GtkWidget *alerts = open_page (&shop, RAI_TYPE_ALERTS_PAGE);
  rai_page_navigate (shop.page, "item=2");
  GtkWidget *pane = rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_ITEM_PANE);
  wait_shown (pane, "Item 2");
  wait_shown (pane, "Out of stock");
  wait_shown (alerts, "Item 2");

  count (&shop, "40");
  assert_said (&shop, "fine lasts 10 till 20011 next 20004; out lasts 0 till 20003 next 20001; "
                      "out 3 = 3, runs out 1, alerts 4 = 4 = 4");
  wait_shown (pane, "Fine");
  wait_shown (pane, "10 days");
  wait_shown (pane, "+40");
  wait_shown (dashboard, "1 item runs out");

  submit (&shop, "stock.receive", "{\"site\":1,\"order\":\"" DELIVERY "\"}");
  assert_said (&shop, "fine lasts 10 till 20011 next 20004; "
                      "runs_out lasts 2 till 20003 next 20004; "
                      "out 2 = 2, runs out 2, alerts 3 = 3 = 3");
  wait_shown (dashboard, "2 items run out");

  count (&shop, "0");
  submit (&shop, "stock.waste", "{\"site\":1,\"item\":3,\"quantity\":10000}");
  assert_said (&shop, NOTHING_LEFT);
  wait_shown (pane, "Out of stock");
  wait_shown (dashboard, "1 item runs out");

  /* The server says the same of what it is sent. */
  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_autofree char *served = said (rai_sync_fixture_db (shop.fixture));
  g_assert_cmpstr (served, ==, NOTHING_LEFT);
  assert_said (&shop, NOTHING_LEFT);
  close_page (alerts);
  close_page (dashboard);
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/flow-count", test_count);
  return g_test_run ();
}
