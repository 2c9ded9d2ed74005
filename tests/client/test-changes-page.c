/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people are told of the troubles of sync, on the page behind the sync pill: a clock that is
 * wrong, a disk that is full, a change that the server refused. Nothing is lost in any of them. */
#define _GNU_SOURCE /* unshare */
#include "client/pages/rai-changes-page.h"

#include "client/widgets/rai-entry-row.h"
#include "client/widgets/rai-sync-pill.h"
#include "rai-shop-fixture.h"
#include "util/rai-clock.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>

#define SITE 1
#define RECEIVE "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":5000}]}"
#define DELIVERIES "SELECT count(*) FROM movement WHERE kind = 'receive'"
/* Enough for the replica and some work, soon full. */
#define SMALL_DISK "size=12m"

static void
check_pill (RaiShop *shop, const char *expected) {
  g_autofree char *text =
      rai_sync_pill_text (rai_session_get_status (shop->session), rai_now_ms ());
  g_autoptr (GString) plain = g_string_new (text);
  g_string_replace (plain, "\xc2\xa0", " ", 0);
  g_assert_cmpstr (plain->str, ==, expected);
}

/* A clock that is hours off is said, with how much and what to do; commands keep the server's time;
 * set right, the words go. */
static void
test_clock (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);
  check_pill (&shop, "Synced just now");
  rai_sync_fixture_set_clock (shop.fixture, 3 * 3600 + 12 * 60 + 30);
  rai_sync_engine_wake (shop.engine);
  rai_shop_wait_for_label (&shop, "clock is 3 h 12 min behind the server");
  g_assert_nonnull (
      rai_shop_find_label (GTK_WIDGET (shop.page), "Set this computer’s date and time."));
  check_pill (&shop, "Clock 3 h 12 min behind");

  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop.engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);

  int64_t local = rai_now_ms ();
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (shop.engine);

  const RaiSyncEntry *entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->acted_at - local, >, 3 * 3600 * 1000);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (rai_shop_count_on_server (&shop, DELIVERIES), ==, 1);

  rai_sync_fixture_set_clock (shop.fixture, -26 * 3600 - 30);
  rai_sync_engine_wake (shop.engine);
  rai_shop_wait_for_label (&shop, "clock is 26 h ahead of the server");
  rai_sync_fixture_set_clock (shop.fixture, 90);
  rai_sync_engine_wake (shop.engine);
  rai_shop_wait_for_no_label (&shop, "clock is");
  rai_shop_close (&shop);
}

/* Today is the server's: a computer that is a day late must not count yesterday as today. */
static void
test_clock_today (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, false);
  RaiDay today = rai_session_get_today (shop.session);
  rai_sync_fixture_set_clock (shop.fixture, 48 * 3600);
  rai_sync_engine_wake (shop.engine);
  rai_shop_wait_for_label (&shop, "clock is");
  g_assert_cmpint (rai_session_get_today (shop.session), ==, today + 2);
  rai_shop_close (&shop);
}

/* The account's folder on a disk of its own, which only this program sees. */
static void
mount_small_disk (RaiSyncFixture *fixture, const char *device) {
  g_autofree char *folder = g_build_filename (rai_sync_fixture_folder (fixture), device, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (mount ("none", folder, "tmpfs", 0, SMALL_DISK), ==, 0);
}

/* Writes until there is no room for another byte. */
static char *
fill_disk (RaiSyncFixture *fixture, const char *device) {
  g_autofree char *block = g_malloc0 (4096);
  char *path = g_build_filename (rai_sync_fixture_folder (fixture), device, "ballast", NULL);
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  setvbuf (file, NULL, _IONBF, 0);
  while (fwrite (block, 1, 4096, file) == 4096)
    ;
  while (fwrite (block, 1, 1, file) == 1)
    ;

  fclose (file);
  return path;
}

static void
refused_cb (GObject *source, GAsyncResult *result, void *data) {
  GError **error = data;
  g_assert_null (rai_session_submit_finish (RAI_SESSION (source), result, error));
}

static bool
has_error (void *data) {
  return *(GError **) data != NULL;
}

/* A full disk: the words reach the page, the pill says so, what was done before is sent once, what
 * cannot be kept is refused with words, and when there is room again everything goes on by
 * itself. */
static void
test_disk_full (void) {
  RaiShop shop;
  g_autoptr (GError) refused = NULL;
  rai_shop_open_on (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true,
                    mount_small_disk);
  rai_sync_fixture_set_online (shop.fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop.engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);

  g_autofree char *ballast = fill_disk (shop.fixture, "till");
  /* More news than fits. */
  rai_db_exec (rai_sync_fixture_db (shop.fixture),
               "BEGIN IMMEDIATE; UPDATE feed SET revision = revision + 1; UPDATE item_day SET "
               "revenue = revenue + 1, rev "
               "= (SELECT revision FROM feed); COMMIT",
               NULL);
  rai_sync_fixture_set_online (shop.fixture, true);
  rai_shop_wait_for_label (&shop, "This computer's disk is full. Free some space");
  check_pill (&shop, "Not syncing, 1 waiting");
  rai_session_submit_async (shop.session, "stock.receive", RECEIVE, NULL, refused_cb, &refused);
  rai_sync_fixture_wait (has_error, &refused, "the refusal");
  g_assert_cmpstr (refused->message, ==,
                   "Not saved: this computer's disk is full. Free some space and do it again");

  g_assert_cmpint (g_unlink (ballast), ==, 0);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  rai_shop_wait_for_no_label (&shop, "disk is full");
  rai_sync_fixture_compare (shop.fixture, shop.engine);
  g_assert_cmpint (rai_shop_count_on_server (&shop, DELIVERIES), ==, 1);
  rai_shop_close (&shop);
}

static bool
needs_attention (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->attention > 0 && status->waiting == 0;
}

static bool
needs_none (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->attention == 0 && status->waiting == 0;
}

#define ORDER \
  "SELECT id FROM purchase_order WHERE site_id = 1 AND status = 'proposed' ORDER BY id LIMIT 1"

static char *
order_arguments (RaiShop *shop, const char *format) {
  RaiStatement *statement = rai_db_prepare (rai_sync_fixture_db (shop->fixture), ORDER, NULL);
  g_assert_cmpint (rai_statement_step (statement, NULL), ==, RAI_STEP_ROW);
  g_auto (GStrv) parts = g_strsplit (format, "%", 2);
  char *arguments = g_strconcat (parts[0], rai_statement_text (statement, 0), parts[1], NULL);
  rai_statement_reset (statement);
  return arguments;
}

/* Approved here while somebody changed the order there: the row shows both sides, who and why; done
 * again it counts for the order as it is now. */
static void
test_conflict (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);

  g_autofree char *approve = order_arguments (&shop, "{\"order\":\"%\",\"version\":1}");
  g_autofree char *edit =
      order_arguments (&shop, "{\"order\":\"%\",\"version\":1,\"item\":1,\"quantity\":48000}");

  rai_sync_fixture_set_online (shop.fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop.engine, "order.approve", approve);
  g_assert_cmpstr (answer->message, ==, NULL);
  rai_sync_fixture_run (shop.fixture, "mia", "order.edit", edit);
  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_fixture_wait (needs_attention, shop.engine, "the conflict");
  rai_shop_wait_for_label (&shop, "was changed since you saw it");
  rai_shop_wait_for_label (&shop, "Approve: ");
  rai_shop_wait_for_label (&shop, "by mia");
  rai_shop_wait_for_label (&shop, "Proposed, ");
  check_pill (&shop, "Needs attention 1");
  rai_sync_fixture_settle (shop.fixture, shop.engine); /* the order as it is now must have come */
  rai_shop_press (GTK_WIDGET (shop.page), "Do it _again");
  rai_sync_fixture_wait (needs_none, shop.engine, "the second try");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (
      rai_shop_count_on_server (
          &shop, "SELECT count(*) FROM purchase_order WHERE status = 'approved' AND version > 2"),
      ==, 1);
  rai_sync_fixture_compare (shop.fixture, shop.engine);
  rai_shop_close (&shop);
}

static bool
is_listed (void *page) {
  static GType type;
  type = RAI_TYPE_ENTRY_ROW;
  return rai_shop_find_type (page, type) != NULL;
}

static bool
is_not_listed (void *page) {
  return !is_listed (page);
}

static void
refuse_delivery (RaiShop *shop) {
  rai_sync_fixture_set_online (shop->fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop->engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
  rai_sync_fixture_set_account (shop->fixture, "mia", RAI_ROLE_STORE_MANAGER, 2);
  rai_sync_fixture_set_online (shop->fixture, true);
  rai_sync_fixture_wait (needs_attention, shop->engine, "the refusal");
  rai_sync_fixture_wait (is_listed, shop->page, "the row");
}

/* Discarding takes effect when its toast is gone: until then it can be taken back. */
static void
test_discard (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);
  refuse_delivery (&shop);
  rai_shop_press (GTK_WIDGET (shop.page), "D_iscard");
  rai_sync_fixture_wait (is_not_listed, shop.page, "the row to go");
  g_assert_true (needs_attention (shop.engine));

  GtkWidget *undo = rai_shop_find_button (shop.window, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  rai_sync_fixture_wait (is_listed, shop.page, "the row to come back");
  g_assert_true (needs_attention (shop.engine));
  rai_shop_press (GTK_WIDGET (shop.page), "D_iscard");
  rai_sync_fixture_wait (needs_none, shop.engine, "the discarded change to go");
  g_assert_cmpint (rai_shop_count_on_server (&shop, DELIVERIES), ==, 0);
  rai_shop_close (&shop);
}

static bool
sees_site (void *session) {
  return rai_session_is_ready (session) && rai_session_get_one_site (session) == SITE;
}

/* Done again with another quantity, back at the right store. */
static void
test_edit (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);
  refuse_delivery (&shop);
  rai_sync_fixture_set_account (shop.fixture, "mia", RAI_ROLE_STORE_MANAGER, SITE);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (sees_site, shop.session, "the store to come back");
  rai_sync_fixture_settle (shop.fixture, shop.engine);

  GtkWidget *entry = rai_shop_find_type (GTK_WIDGET (shop.page), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "5");
  gtk_editable_set_text (GTK_EDITABLE (entry), "five");
  g_assert_false (
      gtk_widget_get_sensitive (rai_shop_find_button (GTK_WIDGET (shop.page), "Do it _again")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "7");
  rai_shop_press (GTK_WIDGET (shop.page), "Do it _again");
  rai_sync_fixture_wait (needs_none, shop.engine, "the second try");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (
      rai_shop_count_on_server (&shop, "SELECT quantity FROM movement WHERE kind = 'receive'"), ==,
      7000);
  rai_shop_close (&shop);
}

/* A mount of the test's own needs a namespace of its own; before there are threads. */
static bool
own_mounts (void) {
  if (unshare (CLONE_NEWNS) != 0)
    return false;
  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static void
skip_disk_full (void) {
  g_test_skip ("this machine does not let the test have a small disk of its own");
}

int
main (int argc, char **argv) {
  bool mounts = own_mounts ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/changes-page/clock", test_clock);
  g_test_add_func ("/client/changes-page/clock-today", test_clock_today);
  g_test_add_func ("/client/changes-page/disk-full", mounts ? test_disk_full : skip_disk_full);
  g_test_add_func ("/client/changes-page/conflict", test_conflict);
  g_test_add_func ("/client/changes-page/discard", test_discard);
  g_test_add_func ("/client/changes-page/edit", test_edit);

  return g_test_run ();
}
