/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-shop-fixture.h"

#include "client/rai-application.h"
#include "core/rai-quantile.h"
#include "db/rai-query.h"

#include <string.h>

static const char shop_data[] =
    "DELETE FROM site_day; DELETE FROM forecast;"
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) "
    "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev) "
    "  SELECT site.id, 20000 - i, 500000, CASE WHEN i = 0 THEN 100000 ELSE 80000 + 1000 * (i % 7) "
    "END, 60000, 90, :rev "
    "  FROM site, n;"
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
    "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, out_of_stock, rev) "
    "  SELECT 1, 1, 20000 - i, 1000 * (3 + i % 5), 199 * (3 + i % 5), CASE WHEN i = 10 THEN 1000 "
    "ELSE 0 END, :rev FROM "
    "n;"
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
    "INSERT INTO forecast_past (level, site_id, node_id, day, mean, low, high, naive, rev) "
    "  SELECT 'site', 1, 0, 20000 - i, 90000, 70000, 110000, 85000, :rev FROM n "
    "  UNION ALL SELECT 'company', 0, 0, 20000 - i, 180000, 150000, 210000, 170000, :rev FROM n;"
    "INSERT INTO accuracy (level, site_id, horizon, wape, wape_naive, bias, coverage_80, series, "
    "rev) VALUES "
    "  ('site', 1, 28, 0.08, 0.15, 0.01, 0.81, 1, :rev), ('company', 0, 28, 0.05, 0.09, 0.0, 0.8, "
    "1, :rev);"
    "INSERT INTO calendar_day (site_id, day, closed, holiday, event, promotion, rev) VALUES "
    "  (1, 20002, 1, 'Harvest day', '', 0, :rev), (1, 20003, 0, '', 'Street fair', 0, :rev);"
    "INSERT INTO plan (site_id, item_id, status, reason, daily, cover_days, stockout_day, "
    "lead_days, order_point, "
    "  order_up_to, rev) SELECT 1, id, CASE WHEN id <= 3 THEN 'runs_out' WHEN id <= 5 THEN 'out' "
    "ELSE 'fine' END, "
    "'enough', "
    "  4.0, 2, 20003, 2, 5000, 9000, :rev FROM item;"
    "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, total, "
    "protects, "
    "stockouts, "
    "  rev) VALUES ('00000000-0000-7000-a000-000000000001', 1, 1, 'proposed', 20001, 20003, 12000, "
    "41000, 3, :rev), "
    "  ('00000000-0000-7000-a000-000000000002', 1, 1, 'approved', 19999, 20001, 5000, 0, 0, :rev);"
    "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) VALUES "
    "  ('00000000-0000-7000-a000-000000000001', 1, 1, 10000, 10000, 120, :rev), "
    "  ('00000000-0000-7000-a000-000000000001', 2, 1, 10000, 10000, 120, :rev), "
    "  ('00000000-0000-7000-a000-000000000002', 3, 1, 10000, 10000, 120, :rev);";

/* Level 10 and a season that alternates by one: means 11, 9, 11, ...; quantiles around them. */
static void
add_forecast (RaiDb *db, const char *level, int64_t site, int64_t node, float scale,
              int64_t revision) {
  float means[RAI_SHOP_HORIZON], quantiles[RAI_SHOP_HORIZON * RAI_N_QUANTILES],
      parts[RAI_SHOP_HORIZON * 2];
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < RAI_SHOP_HORIZON; i++) {
    parts[i] = 10 * scale;
    parts[RAI_SHOP_HORIZON + i] = (i % 2 ? -1 : 1) * scale;
    means[i] = parts[i] + parts[RAI_SHOP_HORIZON + i];
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[i * RAI_N_QUANTILES + q] = means[i] + (float) (q - RAI_Q50) * scale;
  }

  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, reason, means, "
      "quantiles, part_names, parts, wape, wape_naive, bias, coverage_80, backtest_days, rev) "
      "VALUES "
      "(?1, ?2, ?3, 20001, 28, 'ridge + ets', 'Best of two', ?4, ?5, 'level,season', ?6, 0.18, "
      "0.27, "
      "0.02, 0.83, 56, ?7)",
      &error);

  g_assert_no_error (error);
  rai_statement_bind_text (statement, 1, level);
  rai_statement_bind_int (statement, 2, site);
  rai_statement_bind_int (statement, 3, node);
  rai_statement_bind_blob (statement, 4, means, sizeof means);
  rai_statement_bind_blob (statement, 5, quantiles, sizeof quantiles);
  rai_statement_bind_blob (statement, 6, parts, sizeof parts);
  rai_statement_bind_int (statement, 7, revision);
  rai_statement_run (statement, &error);
  g_assert_no_error (error);
}

void
rai_shop_fixture_fill (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  int64_t revision = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_auto (GStrv) parts = g_strsplit (shop_data, ":rev", -1);

  g_autofree char *sql = g_strjoinv (number, parts);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  add_forecast (db, "item", 1, 1, 1, revision);
  add_forecast (db, "site", 1, 0, 10000, revision);
  add_forecast (db, "site", 2, 0, 10000, revision);
  add_forecast (db, "company", 0, 0, 20000, revision);
  g_assert_true (rai_db_commit (db, &error));
}

RaiRows *
rai_shop_fixture_query (RaiDb *db, const char *query, GHashTable *arguments) {
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;
  RaiRows *rows = rai_query_run (db, rai_query_find (query), system, arguments, &error);
  g_assert_no_error (error);
  g_clear_pointer (&arguments, g_hash_table_unref);
  return rows;
}

static bool
is_ready (void *session) {
  return rai_session_is_ready (session);
}

static bool
is_filled (void *page) {
  return rai_page_is_filled (page);
}

void
rai_shop_wait_filled (RaiShop *shop) {
  rai_sync_fixture_wait (is_filled, shop->page, "the page to be filled");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
rai_shop_open (RaiShop *shop, RaiRole role, int64_t site, GType page_type, bool filled) {
  rai_shop_open_on (shop, role, site, page_type, filled, NULL);
}

void
rai_shop_open_on (RaiShop *shop, RaiRole role, int64_t site, GType page_type, bool filled,
                  void (*prepare) (RaiSyncFixture *fixture, const char *device)) {
  rai_application_register_resources ();
  shop->fixture = rai_sync_fixture_new ();
  if (prepare)
    prepare (shop->fixture, "till");
  if (filled)
    rai_shop_fixture_fill (rai_sync_fixture_db (shop->fixture));
  else
    rai_db_exec (rai_sync_fixture_db (shop->fixture), "UPDATE site SET last_day = NULL", NULL);

  rai_sync_fixture_set_account (shop->fixture, "mia", role, site);
  shop->engine = rai_sync_fixture_engine (shop->fixture, "till", "mia");
  shop->session = rai_session_new (rai_sync_fixture_folder (shop->fixture));
  rai_session_open (shop->session, shop->engine, rai_sync_fixture_url (shop->fixture), "mia");
  rai_sync_fixture_wait (is_ready, shop->session, "the session to be ready");
  shop->window = gtk_window_new ();
  shop->page = g_object_new (page_type, NULL);
  gtk_window_set_default_size (GTK_WINDOW (shop->window), 1280, 900);

  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (shop->page));
  gtk_window_set_child (GTK_WINDOW (shop->window), overlay);
  rai_page_set_session (shop->page, shop->session);
  gtk_window_present (GTK_WINDOW (shop->window));
  rai_shop_wait_filled (shop);
}

static bool
is_gone (void *place) {
  return *(void **) place == NULL;
}

void
rai_shop_close (RaiShop *shop) {
  g_object_add_weak_pointer (G_OBJECT (shop->page), (void **) &shop->page);
  /* GTK keeps what had the focus a little longer. */
  gtk_window_set_focus (GTK_WINDOW (shop->window), NULL);
  gtk_window_destroy (GTK_WINDOW (shop->window));

  /* Nothing holds a page that is closed. */
  rai_sync_fixture_wait (is_gone, &shop->page, "the page to be freed");
  rai_session_open (shop->session, NULL, NULL, NULL);
  g_clear_object (&shop->session);
  rai_sync_engine_stop (shop->engine);
  g_clear_object (&shop->engine);
  rai_sync_fixture_free (shop->fixture);
}

typedef bool (*Test) (GtkWidget *widget, const void *data);

static GtkWidget *
find (GtkWidget *root, Test test, const void *data) {
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (test (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, test, data);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static bool
is_label (GtkWidget *widget, const void *part) {
  if (!GTK_IS_LABEL (widget))
    return false;
  GString *text = g_string_new (gtk_label_get_text (GTK_LABEL (widget)));
  g_string_replace (text, "\xc2\xa0", " ", 0);
  bool contains = strstr (text->str, part) != NULL;
  g_string_free (text, TRUE);
  return contains;
}

static bool
is_button (GtkWidget *widget, const void *label) {
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static bool
is_of_type (GtkWidget *widget, const void *type) {
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) type);
}

GtkWidget *
rai_shop_find_label (GtkWidget *root, const char *part) {
  return find (root, is_label, part);
}

GtkWidget *
rai_shop_find_button (GtkWidget *root, const char *label) {
  return find (root, is_button, label);
}

GtkWidget *
rai_shop_find_type (GtkWidget *root, GType type) {
  return find (root, is_of_type, &type);
}

typedef struct {
  RaiShop *shop;
  const char *part;
} Wanted;

static bool
shows (void *data) {
  const Wanted *wanted = data;
  return rai_shop_find_label (GTK_WIDGET (wanted->shop->page), wanted->part) != NULL;
}

static bool
shows_no_more (void *data) {
  return !shows (data);
}

void
rai_shop_wait_for_label (RaiShop *shop, const char *part) {
  Wanted wanted = { shop, part };
  rai_sync_fixture_wait (shows, &wanted, part);
}

void
rai_shop_wait_for_no_label (RaiShop *shop, const char *part) {
  Wanted wanted = { shop, part };
  rai_sync_fixture_wait (shows_no_more, &wanted, part);
}

void
rai_shop_press (GtkWidget *root, const char *label) {
  GtkWidget *button = rai_shop_find_button (root, label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

int64_t
rai_shop_count_on_server (RaiShop *shop, const char *sql) {
  int64_t n = -1;
  rai_db_get_int (rai_sync_fixture_db (shop->fixture), sql, NULL, 0, 0, &n, NULL);
  return n;
}
