/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-tasks.h"

#include "client/model/rai-format.h"
#include "client/model/rai-words.h"
#include "client/pages/rai-import-dialog.h"
#include "client/rai-pages.h"
#include "command/rai-arguments.h"
#include "core/rai-plan.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define MAX_DELIVERIES 5
#define MAX_ORDERS 6
#define MAX_ALERTS 5
#define MAX_ROWS 8

static void
empty (GtkListBox *list) {
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
}

static AdwActionRow *
add_row (GtkListBox *list, const char *title, const char *subtitle) {
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : "");
  adw_action_row_set_title_lines (row, 2);
  gtk_list_box_append (list, GTK_WIDGET (row));
  return row;
}

/* What a row's button does: a command, or a page to go to. */
typedef struct {
  RaiPage *page; /* not owned: it holds the row */
  char *command, *arguments, *done;
  char *page_id, *target;
} Deed;

static void
deed_free (void *data) {
  Deed *deed = data;
  g_free (deed->command);
  g_free (deed->arguments);
  g_free (deed->done);
  g_free (deed->page_id);
  g_free (deed->target);
  g_free (deed);
}

static void
clicked_cb (GtkButton *button, Deed *deed) {
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  rai_page_submit (deed->page, deed->command, deed->arguments, deed->done);
}

static void
activated_cb (AdwActionRow *row, Deed *deed) {
  rai_page_go (deed->page, deed->page_id, deed->target);
}

/* arguments is taken. */
static void
add_button (RaiPage *page, AdwActionRow *row, const char *label, const char *command,
            char *arguments, const char *done) {
  GtkWidget *button = gtk_button_new_with_label (label);
  Deed *deed = g_new0 (Deed, 1);
  deed->page = page;
  deed->command = g_strdup (command);
  deed->arguments = arguments;
  deed->done = g_strdup (done);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), deed);
  g_object_set_data_full (G_OBJECT (button), "rai-deed", deed, deed_free);
  adw_action_row_add_suffix (row, button);
}

static bool
may_see (RaiPage *page, const char *page_id) {
  return rai_session_may (rai_page_get_session (page), rai_page_info_find (page_id)->permission);
}

/* target is taken. A page that is not for this account is not offered. */
static void
lead_to (RaiPage *page, AdwActionRow *row, const char *page_id, char *target) {
  if (!may_see (page, page_id)) {
    g_free (target);
    return;
  }

  Deed *deed = g_new0 (Deed, 1);
  deed->page = page;
  deed->page_id = g_strdup (page_id);
  deed->target = target;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), deed);
  g_object_set_data_full (G_OBJECT (row), "rai-deed", deed, deed_free);

  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (row, arrow);
}

static char *
money_of (const RaiDashboardData *data, const RaiRows *rows, size_t i, const char *column) {
  return rai_format_money_whole (rai_rows_get_int (rows, i, column), data->currency);
}

static char *
order_subtitle (const RaiDashboardData *data, const RaiRows *rows, size_t i) {
  GString *text = g_string_new (NULL);
  int64_t stockouts = rai_rows_get_int (rows, i, "stockouts");
  g_autofree char *delivery =
      rai_format_day_inline ((RaiDay) rai_rows_get_int (rows, i, "delivery_day"), data->today);

  if (data->site == 0)
    g_string_append_printf (text, "%s · ", rai_rows_get_text (rows, i, "site_name"));
  g_string_append_printf (text, _ ("delivery %s"), delivery);

  if (stockouts > 0)
    g_string_append_printf (
        text,
        ngettext (" · avoids %d stock-out", " · avoids %d stock-outs", (unsigned long) stockouts),
        (int) stockouts);

  if (rai_rows_get_int (rows, i, "protects") >= 100) {
    g_autofree char *amount = money_of (data, rows, i, "protects");
    g_string_append_printf (text, _ (" · about %s margin"), amount);
  }

  return g_string_free (text, FALSE);
}

static void
add_order (const RaiDashboardData *data, RaiPage *page, GtkListBox *list, size_t i) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_ORDERS];
  const char *id = rai_rows_get_text (rows, i, "id"),
             *supplier = rai_rows_get_text (rows, i, "supplier");
  int64_t lines = rai_rows_get_int (rows, i, "lines");
  g_autofree char *total = money_of (data, rows, i, "total"),
                  *subtitle = order_subtitle (data, rows, i);
  g_autofree char *title = g_strdup_printf (
      ngettext ("Order from %s: %d item, %s", "Order from %s: %d items, %s", (unsigned long) lines),
      supplier, (int) lines, total);
  AdwActionRow *row = add_row (list, title, subtitle);

  if (rai_session_may (rai_page_get_session (page), RAI_PERMISSION_ORDER))
    add_button (page, row, _ ("Approve"), "order.approve",
                RAI_ARGUMENTS ("order.approve", { "order", .text = id },
                               { "version", .number = rai_rows_get_int (rows, i, "version") }),
                _ ("Order approved"));

  lead_to (page, row, "orders", g_strdup_printf ("order=%s", id));
}

static void
add_delivery (const RaiDashboardData *data, RaiPage *page, GtkListBox *list, size_t i) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_DELIVERIES];
  RaiDay due = (RaiDay) rai_rows_get_int (rows, i, "delivery_day");
  int64_t lines = rai_rows_get_int (rows, i, "lines");
  g_autofree char *day = rai_format_day_inline (due, data->today);
  g_autofree char *title = g_strdup_printf (due == data->today ? _ ("Delivery from %s is due today")
                                                               : _ ("Delivery from %s was due %s"),
                                            rai_rows_get_text (rows, i, "supplier"), day);
  g_autofree char *items =
      g_strdup_printf (ngettext ("%d item", "%d items", (unsigned long) lines), (int) lines);
  g_autofree char *subtitle =
      data->site ? g_strdup (items)
                 : g_strdup_printf ("%s · %s", rai_rows_get_text (rows, i, "site_name"), items);
  AdwActionRow *row = add_row (list, title, subtitle);

  /* Who does not order receives it all the same: where its items are. */
  lead_to (page, row, may_see (page, "orders") ? "orders" : "inventory",
           g_strdup_printf ("order=%s", rai_rows_get_text (rows, i, "id")));
}

static void
add_alert (const RaiDashboardData *data, RaiPage *page, GtkListBox *list, size_t i) {
  RaiRows *rows = data->rows[RAI_DASHBOARD_ALERTS];
  g_autoptr (RaiRow) item = rai_row_new (rows, i, (unsigned) i);

  g_autofree char *sentence = rai_words_alert (item, data->today, data->currency);
  g_autofree char *money = money_of (data, rows, i, "money");
  const char *kind = rai_words_alert_kind (rai_rows_get_text (rows, i, "kind"));
  const char *name = rai_rows_get_text (rows, i, "item_name");
  const char *site = data->site ? "" : rai_rows_get_text (rows, i, "site_name");
  g_autofree char *title =
      name != NULL && *name ? g_strdup_printf ("%s: %s", kind, name) : g_strdup (kind);
  g_autofree char *at_stake = rai_rows_get_int (rows, i, "money") >= 100
                                  ? g_strdup_printf (_ (" About %s are at stake."), money)
                                  : g_strdup ("");
  g_autofree char *subtitle = g_strconcat (site, *site ? " · " : "", sentence, at_stake, NULL);
  const char *id = rai_rows_get_text (rows, i, "id");
  AdwActionRow *row = add_row (list, title, subtitle);

  if (rai_session_may (rai_page_get_session (page), RAI_PERMISSION_HANDLE_ALERTS))
    add_button (page, row, _ ("Seen"), "alert.acknowledge",
                RAI_ARGUMENTS ("alert.acknowledge", { "alert", .text = id }),
                _ ("Alert acknowledged"));

  lead_to (page, row, "alerts", g_strdup_printf ("alert=%s", id));
}

/* "And 7 more alerts": leads to the page that has them all. */
static void
add_more (RaiPage *page, GtkListBox *list, const char *title, const char *page_id) {
  AdwActionRow *row = add_row (list, title, NULL);
  lead_to (page, row, page_id, NULL);
}

static size_t
fill_orders (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_ORDERS);
  for (size_t i = 0; i < MIN (n, MAX_ORDERS); i++)
    add_order (data, page, list, i);
  if (n > MAX_ORDERS) {
    g_autofree char *title = g_strdup_printf (
        ngettext ("And %d more order", "And %d more orders", (unsigned long) (n - MAX_ORDERS)),
        (int) (n - MAX_ORDERS));
    add_more (page, list, title, "orders");
  }

  return n;
}

static size_t
fill_alerts (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_ALERTS);
  const RaiRows *briefing = data->rows[RAI_DASHBOARD_BRIEFING];
  int64_t all = briefing != NULL && rai_rows_count (briefing) > 0
                    ? rai_rows_get_int (briefing, 0, "alerts")
                    : (int64_t) n;

  for (size_t i = 0; i < MIN (n, MAX_ALERTS); i++)
    add_alert (data, page, list, i);
  if (all > MAX_ALERTS) {
    g_autofree char *title = g_strdup_printf (
        ngettext ("And %d more alert", "And %d more alerts", (unsigned long) (all - MAX_ALERTS)),
        (int) (all - MAX_ALERTS));
    add_more (page, list, title, "alerts");
  }

  return n;
}

/* Out of stock by the book: worth a look at the shelf. */
static size_t
fill_out (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_OUT];
  size_t n = MIN (rai_dashboard_data_count (data, RAI_DASHBOARD_OUT), MAX_ROWS);
  for (size_t i = 0; i < n; i++) {
    g_autofree char *stock = rai_format_quantity_unit (rai_rows_get_int (rows, i, "on_hand"),
                                                       rai_rows_get_text (rows, i, "unit"));
    g_autofree char *title =
        g_strdup_printf (_ ("Look at the shelf: %s"), rai_rows_get_text (rows, i, "name"));
    g_autofree char *subtitle = g_strdup_printf (_ ("%s by the book · %s"), stock,
                                                 rai_rows_get_text (rows, i, "department"));
    AdwActionRow *row = add_row (list, title, subtitle);
    lead_to (page, row, "inventory",
             g_strdup_printf ("item=%" PRId64, rai_rows_get_int (rows, i, "item_id")));
  }

  return n;
}

/* What the books have and nobody buys: to be counted. */
static size_t
fill_phantoms (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  RaiRows *rows = data->rows[RAI_DASHBOARD_PHANTOMS];
  size_t n = MIN (rai_dashboard_data_count (data, RAI_DASHBOARD_PHANTOMS), MAX_ROWS);
  for (size_t i = 0; i < n; i++) {
    g_autoptr (RaiRow) alert = rai_row_new (rows, i, (unsigned) i);
    g_autofree char *title =
        g_strdup_printf (_ ("Count: %s"), rai_rows_get_text (rows, i, "item_name"));
    g_autofree char *subtitle = rai_words_alert (alert, data->today, data->currency);
    AdwActionRow *row = add_row (list, title, subtitle);
    lead_to (page, row, "inventory",
             g_strdup_printf ("item=%" PRId64, rai_rows_get_int (rows, i, "item_id")));
  }

  return n;
}

static size_t
fill_deliveries (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_DELIVERIES];
  size_t n = 0;
  for (size_t i = 0; i < rai_dashboard_data_count (data, RAI_DASHBOARD_DELIVERIES); i++) {
    if ((RaiDay) rai_rows_get_int (rows, i, "delivery_day") > data->today)
      continue;
    if (n++ < MAX_DELIVERIES)
      add_delivery (data, page, list, i);
  }

  if (n > MAX_DELIVERIES) {
    g_autofree char *title =
        g_strdup_printf (ngettext ("And %d more delivery", "And %d more deliveries",
                                   (unsigned long) (n - MAX_DELIVERIES)),
                         (int) (n - MAX_DELIVERIES));
    add_more (page, list, title, "orders");
  }

  return n;
}

/* What a shop's first order waits for: nobody can see from its sales what is on the shelf, nor who
 * brings it. */
static const char *
lacking_title (RaiPlanVerdict verdict) {
  switch (verdict) {
    case RAI_VERDICT_NOT_COUNTED:
      return _ ("No stock yet: count it or bring it in");
    case RAI_VERDICT_NO_SUPPLIER:
      return _ ("No suppliers yet: bring in who brings which item");
    default:
      return NULL;
  }
}

static void
add_bring_in (RaiPage *page, AdwActionRow *row) {
  if (!rai_import_dialog_is_allowed (rai_page_get_session (page)))
    return;
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Bring in files…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.bring-in");
  adw_action_row_add_suffix (row, button);
}

static size_t
fill_lacking (const RaiDashboardData *data, RaiPage *page, GtkListBox *list) {
  RaiRows *rows = data->rows[RAI_DASHBOARD_SITES];
  size_t n = 0;
  for (size_t i = 0; i < rai_dashboard_data_count (data, RAI_DASHBOARD_SITES); i++) {
    RaiPlanVerdict verdict;
    const char *title =
        rai_plan_verdict_parse (rai_rows_get_text (rows, i, "plan_verdict"), &verdict)
            ? lacking_title (verdict)
            : NULL;
    if (title == NULL || (data->site != 0 && rai_rows_get_int (rows, i, "id") != data->site) ||
        ++n > MAX_ROWS)
      continue;

    const char *subtitle = _ ("Nothing can be ordered before.");
    g_autofree char *named =
        data->site != 0
            ? g_strdup (subtitle)
            : g_strdup_printf ("%s · %s", rai_rows_get_text (rows, i, "name"), subtitle);
    AdwActionRow *row = add_row (list, title, named);
    add_bring_in (page, row);
    lead_to (page, row, "inventory", NULL);
  }

  return n;
}

bool
rai_dashboard_tasks_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  GtkListBox *list = GTK_LIST_BOX (parts[0]);
  size_t n = 0;
  empty (list);
  n += fill_lacking (data, page, list);
  n += fill_deliveries (data, page, list);
  n += fill_out (data, page, list);
  n += fill_phantoms (data, page, list);
  n += fill_orders (data, page, list);
  n += fill_alerts (data, page, list);

  gtk_label_set_label (GTK_LABEL (parts[1]), n > 0 ? "" : _ ("Nothing waits for you."));
  return true;
}

bool
rai_dashboard_tasks_fill_counts (const RaiDashboardData *data, RaiPage *page,
                                 GtkWidget *const *parts) {
  GtkListBox *list = GTK_LIST_BOX (parts[0]);
  const RaiRows *rows = data->rows[RAI_DASHBOARD_COUNTS];
  size_t n = MIN (rai_dashboard_data_count (data, RAI_DASHBOARD_COUNTS), MAX_ROWS);
  empty (list);

  for (size_t i = 0; i < n; i++) {
    g_autofree char *ago = rai_format_ago (rai_rows_get_int (rows, i, "at"), rai_now_ms ());
    g_autofree char *counted = rai_format_quantity (rai_rows_get_int (rows, i, "counted"));
    g_autofree char *title =
        g_strdup_printf (_ ("%s: %s counted"), rai_rows_get_text (rows, i, "item_name"), counted);
    g_autofree char *subtitle =
        g_strdup_printf ("%s · %s", ago, rai_rows_get_text (rows, i, "account"));
    add_row (list, title, subtitle);
  }

  return n > 0;
}

bool
rai_dashboard_tasks_fill_jobs (const RaiDashboardData *data, RaiPage *page,
                               GtkWidget *const *parts) {
  GtkListBox *list = GTK_LIST_BOX (parts[0]);
  const RaiRows *rows = data->rows[RAI_DASHBOARD_JOBS];
  size_t n = MIN (rai_dashboard_data_count (data, RAI_DASHBOARD_JOBS), MAX_ROWS);
  empty (list);

  for (size_t i = 0; i < n; i++) {
    const char *state = rai_rows_get_text (rows, i, "state"),
               *message = rai_rows_get_text (rows, i, "message");
    g_autofree char *ago = rai_format_ago (rai_rows_get_int (rows, i, "started_at"), rai_now_ms ());
    g_autofree char *title = g_strdup_printf ("%s: %s", rai_rows_get_text (rows, i, "kind"), state);
    g_autofree char *subtitle = g_strdup_printf (message != NULL && *message ? "%s · %s" : "%s%s",
                                                 ago, message != NULL ? message : "");
    add_row (list, title, subtitle);
  }

  return n > 0;
}

bool
rai_dashboard_tasks_fill_audit (const RaiDashboardData *data, RaiPage *page,
                                GtkWidget *const *parts) {
  GtkListBox *list = GTK_LIST_BOX (parts[0]);
  const RaiRows *rows = data->rows[RAI_DASHBOARD_AUDIT];
  size_t n = MIN (rai_dashboard_data_count (data, RAI_DASHBOARD_AUDIT), MAX_ROWS);
  empty (list);

  for (size_t i = 0; i < n; i++) {
    const char *account = rai_rows_get_text (rows, i, "account");
    g_autofree char *ago =
        rai_format_ago (rai_rows_get_int (rows, i, "received_at"), rai_now_ms ());
    g_autofree char *subtitle = g_strdup_printf ("%s · %s", account != NULL ? account : "", ago);
    add_row (list, rai_rows_get_text (rows, i, "summary"), subtitle);
  }

  return n > 0;
}

bool
rai_dashboard_tasks_fill_sites (const RaiDashboardData *data, RaiPage *page,
                                GtkWidget *const *parts) {
  GtkListBox *list = GTK_LIST_BOX (parts[0]);
  const RaiRows *rows = data->rows[RAI_DASHBOARD_SITES];
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_SITES);
  empty (list);

  for (size_t i = 0; i < n; i++) {
    g_autofree char *sales =
        rai_rows_get_is_null (rows, i, "last_day")
            ? g_strdup (_ ("no sales yet"))
            : rai_format_day ((RaiDay) rai_rows_get_int (rows, i, "last_day"), data->today);
    g_autofree char *plan =
        rai_rows_get_is_null (rows, i, "planned_day")
            ? g_strdup (_ ("no forecast yet"))
            : rai_format_day ((RaiDay) rai_rows_get_int (rows, i, "planned_day"), data->today);
    g_autofree char *subtitle =
        g_strdup_printf (_ ("Sales up to: %s · Forecast from: %s"), sales, plan);
    add_row (list, rai_rows_get_text (rows, i, "name"), subtitle);
  }

  return true;
}
