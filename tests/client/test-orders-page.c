/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is changed and approved on the Orders page reaches the server as it was meant: each change
 * stands on the version that the answer before it named. */
#include "client/pages/rai-orders-page.h"

#include "client/widgets/rai-order-line.h"
#include "rai-shop-fixture.h"

#define SITE 1
#define ORDER "00000000-0000-7000-a000-000000000001"
#define SECOND_ORDER "00000000-0000-7000-a000-000000000003"
#define LATE_ORDER "00000000-0000-7000-a000-000000000002"
#define WHERE_LATE " FROM purchase_order WHERE id = '" LATE_ORDER "'"
#define ON_ORDER "SELECT on_order FROM stock WHERE site_id = 1 AND item_id = 3"
#define ITEM 1
/* The store does not know it: an edit with it is refused. */
#define NO_ITEM 4711
#define WHERE_ORDER " FROM purchase_order WHERE id = '" ORDER "'"
#define APPROVED "SELECT status = 'approved'" WHERE_ORDER
#define PROPOSED "SELECT status = 'proposed'" WHERE_ORDER

typedef struct {
  RaiShop *shop;
  const char *sql; /* true on the server once it is so */
} Wanted;

static int64_t
look (RaiShop *shop, const char *sql) {
  int64_t n = -1;
  rai_db_get_int (rai_sync_fixture_db (shop->fixture), sql, NULL, 0, 0, &n, NULL);
  return n;
}

static bool
is_so (void *data) {
  const Wanted *wanted = data;
  return look (wanted->shop, wanted->sql) == 1;
}

static void
wait_for (RaiShop *shop, const char *sql) {
  Wanted wanted = { shop, sql };
  rai_sync_fixture_wait (is_so, &wanted, sql);
}

static bool
has_line (void *data) {
  RaiShop *shop = data;
  return rai_shop_find_type (GTK_WIDGET (shop->page), RAI_TYPE_ORDER_LINE) != NULL;
}

static void
open_orders (RaiShop *shop) {
  rai_shop_open (shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_ORDERS_PAGE, true);
  rai_sync_fixture_wait (has_line, shop, "the order's lines");
}

/* As a person does with the line's buttons. */
static void
step (RaiShop *shop, int64_t item, int64_t quantity) {
  GtkWidget *line = rai_shop_find_type (GTK_WIDGET (shop->page), RAI_TYPE_ORDER_LINE);
  g_assert_nonnull (line);
  g_signal_emit_by_name (line, "stepped", item, quantity);
}

static void
approve (RaiShop *shop) {
  gtk_widget_activate_action (GTK_WIDGET (shop->page), "orders.approve", NULL);
}

static bool
shows_toast (void *data) {
  RaiShop *shop = data;
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (shop->page));
  GType toast = g_type_from_name ("AdwToastWidget");
  return toast != 0 && rai_shop_find_type (overlay, toast) != NULL;
}

static void
settle (RaiShop *shop) {
  rai_sync_fixture_settle (shop->fixture, shop->engine);
  rai_shop_wait_filled (shop);
}

/* A change that was refused made no version: the approval after it is no conflict. */
static void
test_refused_edit (void) {
  RaiShop shop;
  open_orders (&shop);
  step (&shop, NO_ITEM, 5000);
  rai_sync_fixture_wait (shows_toast, &shop, "why the change was refused");

  approve (&shop);
  wait_for (&shop, APPROVED);
  g_assert_cmpint (look (&shop, "SELECT version" WHERE_ORDER), ==, 2);
  g_assert_cmpint (rai_session_get_status (shop.session)->attention, ==, 0);
  rai_shop_close (&shop);
}

/* An approval that is pressed while a change is on its way waits for what becomes of it. */
static void
test_edit_and_approve (void) {
  RaiShop shop;
  open_orders (&shop);
  step (&shop, ITEM, 48000);
  approve (&shop);
  wait_for (&shop, APPROVED);
  g_assert_cmpint (look (&shop, "SELECT version" WHERE_ORDER), ==, 3);
  g_assert_cmpint (look (&shop, "SELECT quantity FROM order_line WHERE item_id = 1 AND order_id = "
                                "'" ORDER "'"),
                   ==, 48000);
  rai_shop_close (&shop);
}

/* Nobody approves another quantity than the one on screen: a refused change takes its order out of
 * the approval that waited for it, and the next press approves what is shown then. */
static void
test_refused_edit_and_approve (void) {
  RaiShop shop;
  open_orders (&shop);
  step (&shop, NO_ITEM, 5000);
  approve (&shop);
  rai_sync_fixture_wait (shows_toast, &shop, "why the change was refused");
  settle (&shop);
  g_assert_cmpint (look (&shop, PROPOSED), ==, 1);

  approve (&shop);
  wait_for (&shop, APPROVED);
  rai_shop_close (&shop);
}

static bool
offers_undo (void *data) {
  RaiShop *shop = data;
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (shop->page));
  return rai_shop_find_button (overlay, "_Undo") != NULL;
}

/* Taking an approval back stands on the version that the approval made, whatever came before it. */
static void
test_undo (void) {
  RaiShop shop;
  open_orders (&shop);
  step (&shop, ITEM, 48000);
  approve (&shop);
  rai_sync_fixture_wait (offers_undo, &shop, "a way back");
  wait_for (&shop, APPROVED);

  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (shop.page));
  g_signal_emit_by_name (rai_shop_find_button (overlay, "_Undo"), "clicked");
  wait_for (&shop, PROPOSED);
  g_assert_cmpint (look (&shop, "SELECT version" WHERE_ORDER), ==, 4);
  settle (&shop);
  g_assert_cmpint (rai_session_get_status (shop.session)->attention, ==, 0);
  rai_shop_close (&shop);
}

/* Without the server the replica answers, and its versions hold on the server as well. */
static void
test_offline (void) {
  RaiShop shop;
  open_orders (&shop);
  rai_sync_fixture_set_online (shop.fixture, false);
  step (&shop, ITEM, 36000);
  step (&shop, 2, 24000);
  approve (&shop);
  rai_sync_fixture_wait (offers_undo, &shop, "the replica's answer");
  g_assert_cmpint (look (&shop, PROPOSED), ==, 1);

  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_engine_wake (shop.engine);
  wait_for (&shop, APPROVED);
  g_assert_cmpint (look (&shop, "SELECT version" WHERE_ORDER), ==, 4);
  settle (&shop);
  g_assert_cmpint (rai_session_get_status (shop.session)->attention, ==, 0);
  rai_shop_close (&shop);
}

static const char second_order[] =
    "BEGIN IMMEDIATE; UPDATE feed SET revision = revision + 1;"
    "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, total, "
    "rev) SELECT '" SECOND_ORDER "', 1, 1, 'proposed', 20001, 20004, 1200, revision FROM feed;"
    "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) "
    "SELECT '" SECOND_ORDER "', 1, 1, 10000, 10000, 120, revision FROM feed; COMMIT";

/* A step belongs to the order it was made on, also when another is looked at before it is sent. */
static void
test_step_and_leave (void) {
  RaiShop shop;
  open_orders (&shop);
  g_autoptr (GError) error = NULL;
  rai_db_exec (rai_sync_fixture_db (shop.fixture), second_order, &error);
  g_assert_no_error (error);
  rai_sync_engine_wake (shop.engine); /* nobody told of it */
  settle (&shop);
  rai_page_navigate (shop.page, "order=" ORDER);
  rai_shop_wait_filled (&shop);

  step (&shop, ITEM, 48000);
  rai_page_navigate (shop.page, "order=" SECOND_ORDER);
  wait_for (&shop, "SELECT count(*) FROM order_line WHERE quantity = 48000");
  g_assert_cmpint (look (&shop, "SELECT count(*) FROM order_line WHERE quantity = 48000 AND "
                                "order_id = '" ORDER "'"),
                   ==, 1);
  rai_shop_close (&shop);
}

static const char all_approved[] =
    "BEGIN IMMEDIATE; UPDATE feed SET revision = revision + 1;"
    "UPDATE purchase_order SET status = 'approved', rev = (SELECT revision FROM feed) WHERE id = "
    "'" ORDER "'; COMMIT";

static bool
has_no_proposals (void *data) {
  RaiShop *shop = data;
  return rai_session_get_count (shop->session, "orders") == 0;
}

/* A step whose order has left the list is sent as well, and its refusal said: nothing that somebody
 * did is dropped without a word. */
static void
test_step_and_gone (void) {
  RaiShop shop;
  open_orders (&shop);
  g_autoptr (GError) error = NULL;
  step (&shop, ITEM, 48000);
  rai_db_exec (rai_sync_fixture_db (shop.fixture), all_approved, &error);
  g_assert_no_error (error);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (has_no_proposals, &shop, "the order to leave the list");
  rai_sync_fixture_wait (shows_toast, &shop, "why the change was refused");
  rai_shop_close (&shop);
}

static bool
shows (void *data) {
  const Wanted *wanted = data;
  return rai_shop_find_label (GTK_WIDGET (wanted->shop->page), wanted->sql) != NULL;
}

static void
wait_shown (RaiShop *shop, const char *part) {
  Wanted wanted = { shop, part };
  rai_sync_fixture_wait (shows, &wanted, part);
}

static const char late_and_empty[] =
    "BEGIN IMMEDIATE; UPDATE feed SET revision = revision + 1;"
    "UPDATE purchase_order SET delivery_day = 19990, rev = (SELECT revision FROM feed) "
    "WHERE id = '" LATE_ORDER "';"
    "UPDATE order_line SET stockout_day = 20001, part_on_hand = CASE item_id WHEN 1 THEN 0 ELSE "
    "1000 END, rev = (SELECT revision FROM feed) WHERE order_id = '" ORDER "'; COMMIT";

/* What is asked for is shown wherever it stands; what did not come says so, and has no reasons of
 * today beside what was ordered then. */
static void
test_late (void) {
  RaiShop shop;
  open_orders (&shop);
  g_autoptr (GError) error = NULL;
  rai_db_exec (rai_sync_fixture_db (shop.fixture), late_and_empty, &error);
  g_assert_no_error (error);
  rai_sync_engine_wake (shop.engine);
  settle (&shop);
  wait_shown (&shop, "Out of stock");
  wait_shown (&shop, "Runs out today without it");
  wait_shown (&shop, "Not ordered, because");

  rai_page_navigate (shop.page, "order=" LATE_ORDER);
  wait_shown (&shop, "· Delivery was due 24 Sep");
  g_assert_null (rai_shop_find_label (GTK_WIDGET (shop.page), "Not ordered, because"));

  rai_page_navigate (shop.page, "order=" ORDER);
  wait_shown (&shop, "Not ordered, because");
  rai_page_navigate (shop.page, "item=3,late"); /* as its alert does */
  wait_shown (&shop, "· Delivery was due 24 Sep");

  rai_page_navigate (shop.page, "order=" SECOND_ORDER); /* there is none */
  settle (&shop);
  wait_shown (&shop, "Not ordered, because");
  rai_shop_close (&shop);
}

static bool
asks (void *data) {
  AdwMessageDialog **dialog = data;
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (ADW_IS_MESSAGE_DIALOG (window))
      *dialog = ADW_MESSAGE_DIALOG (window);
  }
  return *dialog != NULL;
}

static void
press_cancel (RaiShop *shop, const char *response) {
  AdwMessageDialog *dialog = NULL;
  GtkWidget *button = rai_shop_find_button (GTK_WIDGET (shop->page), "_Cancel this order");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  rai_sync_fixture_wait (asks, &dialog, "the question");
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What never came is given up, after a question: it is not on order any more. */
static void
test_cancel (void) {
  RaiShop shop;
  open_orders (&shop);
  g_assert_null (rai_shop_find_button (GTK_WIDGET (shop.page), "_Cancel this order"));
  int64_t before = look (&shop, ON_ORDER);
  rai_page_navigate (shop.page, "order=" LATE_ORDER);
  wait_shown (&shop, "· Delivery today");
  press_cancel (&shop, "keep");
  settle (&shop);
  g_assert_cmpint (look (&shop, "SELECT status = 'approved'" WHERE_LATE), ==, 1);

  press_cancel (&shop, "cancel-order");
  wait_for (&shop, "SELECT status = 'cancelled'" WHERE_LATE);
  g_assert_cmpint (look (&shop, ON_ORDER), ==, before - 10000);
  rai_shop_close (&shop);
}

static const char nothing_proposed[] =
    "BEGIN IMMEDIATE; UPDATE feed SET revision = revision + 1;"
    "UPDATE purchase_order SET status = 'cancelled', rev = (SELECT revision FROM feed) "
    "WHERE status = 'proposed'; COMMIT";

/* Nothing is to be approved: the orders that were are one press away. */
static void
test_nothing_proposed (void) {
  RaiShop shop;
  open_orders (&shop);
  g_autoptr (GError) error = NULL;
  rai_db_exec (rai_sync_fixture_db (shop.fixture), nothing_proposed, &error);
  g_assert_no_error (error);
  rai_sync_engine_wake (shop.engine);
  settle (&shop);
  wait_shown (&shop, "Nothing to approve");

  GtkWidget *button = rai_shop_find_button (GTK_WIDGET (shop.page), "See what is on the _way");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  wait_shown (&shop, "· Delivery today");
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/orders-page/refused-edit", test_refused_edit);
  g_test_add_func ("/client/orders-page/edit-and-approve", test_edit_and_approve);
  g_test_add_func ("/client/orders-page/refused-edit-and-approve", test_refused_edit_and_approve);
  g_test_add_func ("/client/orders-page/undo", test_undo);
  g_test_add_func ("/client/orders-page/step-and-leave", test_step_and_leave);
  g_test_add_func ("/client/orders-page/step-and-gone", test_step_and_gone);
  g_test_add_func ("/client/orders-page/offline", test_offline);
  g_test_add_func ("/client/orders-page/late", test_late);
  g_test_add_func ("/client/orders-page/cancel", test_cancel);
  g_test_add_func ("/client/orders-page/nothing-proposed", test_nothing_proposed);
  return g_test_run ();
}
