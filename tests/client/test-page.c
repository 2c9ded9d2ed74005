/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page that meets a damaged replica: it says what is happening, the replica is fetched anew, the
 * page fills again, and what waits to be sent is not lost. */
#include "client/pages/rai-inventory-page.h"
#include "client/pages/rai-orders-page.h"
#include "client/widgets/rai-order-line.h"
#include "rai-shop-fixture.h"

#include <stdio.h>
#include <string.h>

#define SITE 1
#define RECEIVE "{\"site\":1,\"item\":1,\"quantity\":5000}"
#define DELIVERIES "SELECT count(*) FROM movement WHERE kind = 'receive'"
#define DAMAGED "The data on this computer are damaged"
#define WHEN_REACHED "fetched again when the server can be reached"

static int64_t
look (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t n = -1;
  rai_db_get_int (db, sql, NULL, 0, 0, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Garbage over the pages that hold a table's rows and its indexes. The header and the schema stay,
 * so that the file opens. */
static void
overwrite_table (const char *url, const char *table) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  rai_db_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", &error);
  g_assert_no_error (error);

  int64_t page_size = look (db, "PRAGMA page_size");
  g_autofree char *sql =
      g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE tbl_name = '%s'", table);
  RaiStatement *statement = rai_db_prepare (db, sql, &error);
  g_assert_no_error (error);

  g_autofree char *garbage = g_malloc ((size_t) page_size);
  memset (garbage, 0xa5, (size_t) page_size);
  FILE *file = fopen (strchr (url, ':') + 1, "r+b");
  g_assert_nonnull (file);
  while (rai_statement_step (statement, &error) == RAI_STEP_ROW) {
    g_assert_cmpint (rai_statement_int (statement, 0), >, 1);
    fseek (file, (long) ((rai_statement_int (statement, 0) - 1) * page_size), SEEK_SET);
    g_assert_cmpuint (fwrite (garbage, (size_t) page_size, 1, file), ==, 1);
  }
  fclose (file);
  rai_statement_reset (statement);
}

/* The program ends, the disk loses some pages of the replica, the program starts again. */
static void
damage (RaiShop *shop, const char *const *tables) {
  g_autofree char *url = rai_sync_engine_get_replica_url (shop->engine);
  rai_session_open (shop->session, NULL, NULL, NULL);
  rai_sync_engine_stop (shop->engine);
  g_clear_object (&shop->engine);
  for (size_t i = 0; tables[i] != NULL; i++)
    overwrite_table (url, tables[i]);

  g_autofree char *folder =
      g_build_filename (rai_sync_fixture_folder (shop->fixture), "till", NULL);
  g_autoptr (GError) error = NULL;
  shop->engine = rai_sync_engine_new (folder, rai_sync_fixture_url (shop->fixture), "mia",
                                      rai_sync_fixture_tokens ());
  rai_sync_engine_set_pace (shop->engine, 200, 200);
  rai_sync_engine_start (shop->engine, &error);
  g_assert_no_error (error);
  rai_session_open (shop->session, shop->engine, rai_sync_fixture_url (shop->fixture), "mia");
}

/* Not in a part of the page that another covers. */
static bool
is_shown (GtkWidget *widget) {
  return widget != NULL && gtk_widget_get_mapped (widget);
}

static bool
has_lines (void *data) {
  RaiShop *shop = data;
  return rai_page_is_filled (shop->page) &&
         is_shown (rai_shop_find_type (GTK_WIDGET (shop->page), RAI_TYPE_ORDER_LINE));
}

static bool
says_damaged (void *data) {
  RaiShop *shop = data;
  return is_shown (rai_shop_find_label (GTK_WIDGET (shop->page), DAMAGED));
}

static bool
has_other_replica (void *data) {
  RaiShop *shop = data;
  return rai_session_get_status (shop->session)->generation == 2;
}

static void
test_fetched_anew (void) {
  static const char *const tables[] = { "order_line", "plan", NULL };
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_ORDERS_PAGE, true);
  rai_sync_fixture_wait (has_lines, &shop, "the order's lines");
  g_assert_cmpuint (rai_session_get_status (shop.session)->generation, ==, 1);

  damage (&shop, tables);
  rai_sync_fixture_wait (has_other_replica, &shop, "another replica");
  rai_sync_fixture_wait (has_lines, &shop, "the order's lines again");
  g_assert_false (says_damaged (&shop));
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  rai_sync_fixture_compare (shop.fixture, shop.engine);
  rai_shop_close (&shop);
}

static bool
says_when (void *data) {
  RaiShop *shop = data;
  return is_shown (rai_shop_find_label (GTK_WIDGET (shop->page), WHEN_REACHED));
}

static bool
has_items (void *data) {
  RaiShop *shop = data;
  return is_shown (rai_shop_find_label (GTK_WIDGET (shop->page), "Item 1"));
}

/* Without the server the page says what it waits for; the rest of the replica can be read, and what
 * was done waits and is sent once. A list in pages meets the damage as an answer does. */
static void
test_offline (void) {
  static const char *const tables[] = { "stock", NULL };
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_INVENTORY_PAGE, true);
  rai_sync_fixture_set_online (shop.fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop.engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);

  damage (&shop, tables);
  rai_sync_fixture_wait (says_damaged, &shop, "the page to say so");
  rai_sync_fixture_wait (says_when, &shop, "the page to say what it waits for");

  const RaiSyncStatus *status = rai_session_get_status (shop.session);
  g_assert_true (status->has_replica);
  g_assert_cmpuint (status->waiting, ==, 1);
  g_assert_cmpint (rai_sync_fixture_look (shop.engine, "SELECT count(*) FROM purchase_order"), ==,
                   2);
  g_assert_cmpint (look (rai_sync_fixture_db (shop.fixture), DELIVERIES), ==, 0);

  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (has_other_replica, &shop, "another replica");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (look (rai_sync_fixture_db (shop.fixture), DELIVERIES), ==, 1);
  rai_sync_fixture_compare (shop.fixture, shop.engine);
  rai_shop_wait_filled (&shop);
  g_assert_false (says_damaged (&shop));
  rai_sync_fixture_wait (has_items, &shop, "the items again");
  rai_shop_close (&shop);
}

/* A page that goes before it has told of its new width tells nobody. */
static void
test_gone_while_resized (void) {
  GtkWidget *page = g_object_ref_sink (g_object_new (RAI_TYPE_INVENTORY_PAGE, NULL));
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (page, 1200, 900, -1, NULL);
  g_object_unref (page);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/page/damaged-replica/fetched-anew", test_fetched_anew);
  g_test_add_func ("/client/page/damaged-replica/offline", test_offline);
  g_test_add_func ("/client/page/gone-while-resized", test_gone_while_resized);
  return g_test_run ();
}
