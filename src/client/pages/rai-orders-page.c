/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-orders-page.h"

#include "client/model/rai-format.h"
#include "client/model/rai-gradual-model.h"
#include "client/model/rai-words.h"
#include "client/pages/rai-import-dialog.h"
#include "client/pages/rai-order-deeds.h"
#include "client/widgets/rai-column.h"
#include "client/widgets/rai-order-line.h"
#include "client/widgets/rai-order-row.h"
#include "command/rai-arguments.h"
#include "core/rai-order.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* Steps of a quantity are gathered for so long before they become one change. */
#define GATHER_MS 700
/* Stores whose reasons fit on the empty page. */
#define REASONS_MAX 8

struct _RaiOrdersPage {
  RaiPage parent_instance;
  GtkWidget *leaflet, *list; /* only known by name in the .ui */
  GtkWidget *details;
  GtkDropDown *status;
  GtkListView *orders_view;
  GtkListView *lines_view;
  GtkListView *others_view;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *protects;
  GtkLabel *total;
  GtkButton *approve_one;
  GtkButton *cancel_one;
  GtkButton *approve;
  GtkWidget *approve_bar;
  GtkStack *parts;
  GtkWidget *switcher;

  GListStore *orders; /* RaiRow */
  GListStore *lines;
  GListStore *others;
  RaiGradualModel *gradual;
  GtkSingleSelection *selection;
  GHashTable *unticked; /* order ids left out of "approve" */
  GHashTable *open;     /* item ids whose parts are shown */
  char *order;          /* shown on the right */
  char *wanted;         /* order to show once the orders are there */
  int64_t wanted_item;  /* item whose supplier's order is to be shown; 0: none */
  RaiOrderDeeds *deeds;
  char *stepped_order;     /* that the stepped item is of */
  int64_t stepped_version; /* of that order as it was listed then */
  int64_t stepped_item;    /* with a quantity that the list does not know yet; 0: none */
  int64_t stepped_quantity;
  unsigned step_timer;
  bool step_unsent;
};

G_DEFINE_FINAL_TYPE (RaiOrdersPage, rai_orders_page, RAI_TYPE_PAGE)

/* In the order of the drop-down. */
static const RaiOrderStatus statuses[] = { RAI_ORDER_PROPOSED, RAI_ORDER_APPROVED,
                                           RAI_ORDER_RECEIVED };

#define ON_THE_WAY 1 /* of them */

static RaiSession *
session_of (RaiOrdersPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static RaiRow *
current_order (RaiOrdersPage *self) {
  return gtk_single_selection_get_selected_item (self->selection);
}

static bool
has_status (RaiRow *row, RaiOrderStatus wanted) {
  RaiOrderStatus status;
  return rai_order_status_parse (rai_row_get_text (row, "status"), &status) && status == wanted;
}

static bool
is_proposed (RaiRow *row) {
  return has_status (row, RAI_ORDER_PROPOSED);
}

static bool
is_editable (RaiOrdersPage *self) {
  RaiRow *row = current_order (self);
  return row != NULL && is_proposed (row) &&
         rai_session_may (session_of (self), RAI_PERMISSION_ORDER);
}

/* Rows replaces the list's items; the same number of rows keeps the scroll position. */
static void
set_rows (GListStore *list, RaiRows *rows) {
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (size_t i = 0; i < rai_rows_count (rows); i++)
    g_ptr_array_add (items, rai_row_new (rows, i, (unsigned) i));
  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata,
                       items->len);
}

/* ---- Lines ---- */

static int64_t
shown_quantity (RaiOrdersPage *self, RaiRow *row) {
  return rai_row_get_int (row, "item_id") == self->stepped_item ? self->stepped_quantity
                                                                : rai_row_get_int (row, "quantity");
}

static void
show_line (GtkWidget *cell, RaiRow *row, void *data) {
  RaiOrdersPage *self = data;
  int64_t item = rai_row_get_int (row, "item_id");
  rai_order_line_show (RAI_ORDER_LINE (cell), row, shown_quantity (self, row),
                       rai_session_get_currency (session_of (self)),
                       rai_session_get_today (session_of (self)), is_editable (self),
                       g_hash_table_contains (self->open, &item));
}

static unsigned find_order (RaiOrdersPage *self, const char *id);

static void
send_step (RaiOrdersPage *self) {
  g_clear_handle_id (&self->step_timer, g_source_remove);
  if (!self->step_unsent)
    return;

  self->step_unsent = false;
  unsigned at = find_order (self, self->stepped_order);
  g_autoptr (RaiRow) order = g_list_model_get_item (G_LIST_MODEL (self->orders), at);
  rai_order_deeds_edit (self->deeds, self->stepped_order,
                        order != NULL ? rai_row_get_int (order, "version") : self->stepped_version,
                        self->stepped_item, self->stepped_quantity);
}

static gboolean
step_timer_cb (void *data) {
  RaiOrdersPage *self = data;
  self->step_timer = 0;
  send_step (self);
  return G_SOURCE_REMOVE;
}

static void
stepped_cb (RaiOrdersPage *self, int64_t item, int64_t quantity, RaiOrderLine *line) {
  RaiRow *order = current_order (self);
  if (order == NULL)
    return;

  if (self->stepped_item != item && self->step_timer != 0)
    send_step (self);
  g_free (self->stepped_order);
  self->stepped_order = g_strdup (self->order);
  self->stepped_version = rai_row_get_int (order, "version");
  self->stepped_item = item;
  self->step_unsent = true;
  self->stepped_quantity = quantity;
  g_clear_handle_id (&self->step_timer, g_source_remove);
  self->step_timer = g_timeout_add (GATHER_MS, step_timer_cb, self);

  RaiRow *row = rai_cell_get_row (GTK_WIDGET (line));
  if (row != NULL)
    show_line (GTK_WIDGET (line), row, self);
}

static void
line_opened_cb (RaiOrdersPage *self, int64_t item, gboolean open) {
  if (open)
    g_hash_table_add (self->open, g_memdup2 (&item, sizeof item));
  else
    g_hash_table_remove (self->open, &item);
}

static GtkWidget *
make_line (void *data) {
  GtkWidget *line = rai_order_line_new ();
  g_signal_connect_object (line, "stepped", G_CALLBACK (stepped_cb), data, G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "opened", G_CALLBACK (line_opened_cb), data, G_CONNECT_SWAPPED);
  return line;
}

static void
lines_loaded (RaiPage *page, RaiRows *rows) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  if (rai_rows_count (rows) > 0 &&
      g_strcmp0 (rai_rows_get_text (rows, 0, "order_id"), self->order) != 0)
    return;
  if (self->step_timer == 0)
    self->stepped_item = 0;
  set_rows (self->lines, rows);
}

/* ---- Not ordered ---- */

static GtkWidget *
make_other (void *data) {
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);

  for (int i = 0; i < 2; i++) {
    GtkWidget *label = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_box_append (GTK_BOX (row), label);
  }

  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "dim-label");
  return row;
}

static void
show_other (GtkWidget *cell, RaiRow *row, void *data) {
  const char *name = rai_row_get_text (row, "name");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (cell)), name != NULL ? name : "");

  const char *reason = rai_words_not_ordered (rai_row_get_text (row, "reason"));
  int64_t days = rai_words_cover_days (row);
  g_autofree char *cover = days >= 0 ? rai_format_days (days) : NULL;

  /* Translators: why an item is not ordered, and how long its stock lasts */
  g_autofree char *text =
      cover != NULL ? g_strdup_printf (_ ("%s: stock lasts %s"), reason, cover) : g_strdup (reason);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (cell)), text);
}

static void
others_loaded (RaiPage *page, RaiRows *rows) {
  set_rows (RAI_ORDERS_PAGE (page)->others, rows);
}

/* ---- The order on the right ---- */

static void
show_head (RaiOrdersPage *self, RaiRow *row) {
  RaiSession *session = session_of (self);
  const char *currency = rai_session_get_currency (session);
  gtk_label_set_label (self->title, rai_row_get_text (row, "supplier"));

  g_autofree char *delivery = rai_order_row_delivery (row, rai_session_get_today (session));
  g_autofree char *subtitle =
      g_strjoin (" · ", rai_words_order_status (rai_row_get_text (row, "status")),
                 rai_row_get_text (row, "site_name"), delivery, NULL);

  gtk_label_set_label (self->subtitle, subtitle);
  g_autofree char *protects = rai_order_row_protects (row, currency);
  gtk_label_set_label (self->protects, protects != NULL ? protects : "");
  gtk_widget_set_visible (GTK_WIDGET (self->protects), protects != NULL);

  g_autofree char *total = rai_format_money (rai_row_get_int (row, "total"), currency);
  gtk_label_set_label (self->total, total);
  gtk_widget_set_visible (GTK_WIDGET (self->approve_one), is_editable (self));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_one),
                          has_status (row, RAI_ORDER_APPROVED) &&
                              rai_session_may (session, RAI_PERMISSION_ORDER));

  /* Reasons are today's: an order of another day has items that today's does not. */
  bool proposed = is_proposed (row);
  if (!proposed)
    gtk_stack_set_visible_child_name (self->parts, "lines");
  gtk_widget_set_visible (self->switcher, proposed);
}

/* What is not ordered is read when somebody looks. */
static void
load_others (RaiOrdersPage *self) {
  RaiRow *row = current_order (self);
  if (row == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->parts), "others") != 0)
    return;
  g_autofree char *site = g_strdup_printf ("%" PRId64, rai_row_get_int (row, "site_id"));
  g_autofree char *supplier = g_strdup_printf ("%" PRId64, rai_row_get_int (row, "supplier_id"));
  rai_page_load (RAI_PAGE (self), "not-ordered",
                 rai_query_arguments ("site", site, "supplier", supplier, "limit", "300", NULL),
                 others_loaded);
}

static void
load_order (RaiOrdersPage *self) {
  RaiRow *row = current_order (self);
  gtk_widget_set_visible (self->details, row != NULL);
  if (row == NULL)
    return;

  const char *id = rai_row_get_text (row, "id");
  if (g_strcmp0 (self->order, id) != 0) {
    send_step (self);
    self->stepped_item = 0;
    g_free (self->order);
    self->order = g_strdup (id);
    g_hash_table_remove_all (self->open);
  }

  show_head (self, row);
  rai_page_load (RAI_PAGE (self), "order-lines", rai_query_arguments ("order", id, NULL),
                 lines_loaded);
  load_others (self);
}

/* The quantity on screen goes back to what the order holds. */
static void
edit_refused (RaiPage *page, const char *order) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  if (self->step_timer == 0 && g_strcmp0 (order, self->order) == 0)
    load_order (self);
}

static void
selected_cb (RaiOrdersPage *self) {
  RaiRow *row = current_order (self);
  if (row != NULL && g_strcmp0 (rai_row_get_text (row, "id"), self->order) != 0)
    load_order (self);
}

static void
select_at (RaiOrdersPage *self, unsigned position) {
  if (position != GTK_INVALID_LIST_POSITION &&
      position >= g_list_model_get_n_items (G_LIST_MODEL (self->gradual)))
    rai_gradual_model_finish (self->gradual);
  gtk_single_selection_set_selected (self->selection, position);
}

static void
order_activated_cb (RaiOrdersPage *self, unsigned position) {
  select_at (self, position);
  g_object_set (self->leaflet, "visible-child", self->details, NULL);
}

static void
back_cb (RaiOrdersPage *self) {
  g_object_set (self->leaflet, "visible-child", self->list, NULL);
}

/* ---- Approving ---- */

static bool
is_ticked (RaiOrdersPage *self, RaiRow *row) {
  return !g_hash_table_contains (self->unticked, rai_row_get_text (row, "id"));
}

static void
update_approve (RaiOrdersPage *self) {
  int64_t total = 0;
  unsigned ticked = 0, proposed = 0;
  for (unsigned i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    if (!is_proposed (row))
      continue;
    proposed++;
    if (is_ticked (self, row)) {
      ticked++;
      total += rai_row_get_int (row, "total");
    }
  }

  g_autofree char *money =
      rai_format_money_whole (total, rai_session_get_currency (session_of (self)));

  /* Translators: a button: a number of orders, and what they cost together */
  g_autofree char *label = g_strdup_printf (
      ngettext ("Approve %u order · %s", "Approve %u orders · %s", ticked), ticked, money);

  gtk_button_set_label (self->approve, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->approve), ticked > 0);
  gtk_widget_set_visible (
      self->approve_bar, proposed > 0 && rai_session_may (session_of (self), RAI_PERMISSION_ORDER));
}

static void
approve_one_cb (RaiOrdersPage *self) {
  send_step (self);
  RaiRow *row = current_order (self);
  if (row == NULL || !is_editable (self))
    return;

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (rows, g_object_ref (row));
  rai_order_deeds_approve (self->deeds, rows, true);
}

static void
approve_cb (RaiOrdersPage *self) {
  send_step (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    if (is_proposed (row) && is_ticked (self, row))
      g_ptr_array_add (rows, g_steal_pointer (&row));
  }

  rai_order_deeds_approve (self->deeds, rows, false);
}

static void
approve_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  approve_one_cb (RAI_ORDERS_PAGE (widget));
}

/* ---- What will not come ---- */

/* arguments: of the order that was shown when it was asked, whatever is shown by now. */
static void
cancel_response_cb (AdwMessageDialog *dialog, const char *response, RaiOrdersPage *self) {
  if (g_strcmp0 (response, "cancel-order") == 0)
    rai_page_submit (RAI_PAGE (self), "order.cancel",
                     g_object_get_data (G_OBJECT (dialog), "arguments"), _ ("Order cancelled"));
}

/* There is no way back from it, so it asks. */
static void
cancel_one_cb (RaiOrdersPage *self) {
  RaiRow *row = current_order (self);
  if (row == NULL)
    return;

  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  /* Translators: %s is a supplier */
  g_autofree char *heading =
      g_strdup_printf (_ ("Cancel the order to %s?"), rai_row_get_text (row, "supplier"));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
      _ ("What has not come of it is not waited for any more; the next planning orders again what "
         "is needed. The supplier does not hear of it from here."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep it"),
                                    "cancel-order", _ ("_Cancel the order"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-order",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "arguments",
                          RAI_ARGUMENTS ("order.cancel",
                                         { "order", .text = rai_row_get_text (row, "id") },
                                         { "version", .number = rai_row_get_int (row, "version") }),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- The list ---- */

static void
ticked_cb (RaiOrdersPage *self, const char *id, gboolean ticked) {
  if (ticked)
    g_hash_table_remove (self->unticked, id);
  else
    g_hash_table_add (self->unticked, g_strdup (id));
  update_approve (self);
}

static GtkWidget *
make_order (void *data) {
  GtkWidget *row = rai_order_row_new ();
  g_signal_connect_object (row, "ticked", G_CALLBACK (ticked_cb), data, G_CONNECT_SWAPPED);
  return row;
}

static void
show_order (GtkWidget *cell, RaiRow *row, void *data) {
  RaiOrdersPage *self = data;
  RaiSession *session = session_of (self);
  rai_order_row_show (RAI_ORDER_ROW (cell), row, rai_session_get_currency (session),
                      rai_session_get_today (session), rai_session_get_site_row (session) == NULL,
                      is_ticked (self, row));
}

/* Why nothing is proposed, a line a store. */
static char *
why_nothing (RaiOrdersPage *self) {
  RaiSession *session = session_of (self);
  RaiRow *only = rai_session_get_site_row (session);
  GListModel *sites = rai_session_get_sites (session);
  RaiDay today = rai_session_get_today (session);
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0, shown = 0; i < g_list_model_get_n_items (sites) && shown < REASONS_MAX;
       i++) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, i);
    g_autofree char *reason =
        only == NULL || only == site ? rai_words_no_order (site, today) : NULL;
    if (reason == NULL)
      continue;
    if (shown++ > 0)
      g_string_append_c (text, '\n');
    if (only == NULL && g_list_model_get_n_items (sites) > 1)
      /* Translators: a store's name and a sentence about it */
      g_string_append_printf (text, _ ("%s: %s"), rai_row_get_text (site, "name"), reason);
    else
      g_string_append (text, reason);
  }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Nothing waits for approval: what was approved is a press away. */
static void
show_nothing (RaiOrdersPage *self) {
  g_autofree char *reasons = why_nothing (self);

  if (rai_session_get_last_day (session_of (self)) == RAI_DAY_NONE) {
    rai_import_dialog_show_empty (
        RAI_PAGE (self), "rai-orders-symbolic", _ ("No orders yet"),
        _ ("Orders are proposed from sales, stock and what suppliers need. Bring them in, and "
           "count what is there."));
    return;
  }

  rai_page_show_empty (RAI_PAGE (self), "rai-orders-symbolic", _ ("Nothing to approve"),
                       reasons != NULL
                           ? reasons
                           : _ ("Proposals are made every night from the forecast and your stock."),
                       _ ("See what is on the _way"), "orders.on-the-way");
}

static unsigned
find_order (RaiOrdersPage *self, const char *id) {
  for (unsigned i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    if (g_strcmp0 (rai_row_get_text (row, "id"), id) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

static void
wanted_item_loaded (RaiPage *page, RaiRows *rows) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  self->wanted_item = 0;
  if (rai_rows_count (rows) == 0)
    return;

  int64_t supplier = rai_rows_get_int (rows, 0, "supplier_id");
  for (unsigned i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    if (rai_row_get_int (row, "supplier_id") == supplier) {
      order_activated_cb (self, i);
      return;
    }
  }

  rai_page_toast (page, _ ("There is no order for it: see the item's details for why"));
}

static void
find_wanted_item (RaiOrdersPage *self) {
  if (self->wanted_item == 0)
    return;
  g_autofree char *site =
      g_strdup_printf ("%" PRId64, rai_session_get_one_site (session_of (self)));
  g_autofree char *item = g_strdup_printf ("%" PRId64, self->wanted_item);
  rai_page_load (RAI_PAGE (self), "item", rai_query_arguments ("site", site, "item", item, NULL),
                 wanted_item_loaded);
}

/* An order that is asked for may be on the way or have come by now: the list that has it is shown.
 */
static bool
look_further (RaiOrdersPage *self) {
  if (self->wanted == NULL || find_order (self, self->wanted) != GTK_INVALID_LIST_POSITION)
    return false;
  unsigned next = gtk_drop_down_get_selected (self->status) + 1;
  if (next >= G_N_ELEMENTS (statuses)) {
    g_clear_pointer (&self->wanted, g_free);
    next = 0;
  }

  gtk_drop_down_set_selected (self->status, next);
  return true;
}

static void
orders_loaded (RaiPage *page, RaiRows *rows) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  g_autofree char *keep = g_strdup (self->wanted != NULL ? self->wanted : self->order);
  set_rows (self->orders, rows);
  rai_order_deeds_list_came (self->deeds);
  update_approve (self);
  if (look_further (self))
    return;

  if (rai_rows_count (rows) == 0 && gtk_drop_down_get_selected (self->status) == 0) {
    show_nothing (self);
    return;
  }

  rai_page_show_content (page);
  unsigned at = keep != NULL ? find_order (self, keep) : GTK_INVALID_LIST_POSITION;
  if (at == GTK_INVALID_LIST_POSITION && rai_rows_count (rows) > 0)
    at = 0;

  select_at (self, at);
  if (self->wanted != NULL)
    g_object_set (self->leaflet, "visible-child", self->details, NULL);
  g_clear_pointer (&self->wanted, g_free);
  load_order (self);
  find_wanted_item (self);
}

static void
rai_orders_page_refresh (RaiPage *page) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  GHashTable *arguments = rai_session_site_arguments (session_of (self));
  unsigned status = MIN (gtk_drop_down_get_selected (self->status), G_N_ELEMENTS (statuses) - 1);
  g_hash_table_insert (arguments, g_strdup ("status"),
                       g_strdup (rai_order_status_id (statuses[status])));
  rai_order_deeds_list_asked (self->deeds);
  rai_page_load (page, "orders", arguments, orders_loaded);
}

static void
status_changed_cb (RaiOrdersPage *self) {
  if (session_of (self) != NULL)
    rai_page_queue_refresh (RAI_PAGE (self));
}

static void
rai_orders_page_navigate (RaiPage *page, const char *target) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (page);
  if (g_str_has_prefix (target, "item=")) {
    self->wanted_item = g_ascii_strtoll (target + strlen ("item="), NULL, 10);
    if (g_str_has_suffix (target, ",late"))
      gtk_drop_down_set_selected (self->status, ON_THE_WAY);
    rai_page_queue_refresh (page);
    return;
  }

  if (!g_str_has_prefix (target, "order="))
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (target + strlen ("order="));
  gtk_drop_down_set_selected (self->status, 0);
  rai_page_queue_refresh (page);
}

static void
set_list (GtkListView *view, GListStore *list, RaiCellMake make, RaiCellShow show, void *data) {
  g_autoptr (GtkListItemFactory) factory = rai_cell_factory_new (make, show, data);
  gtk_list_view_set_factory (view, factory);
  g_autoptr (GtkSelectionModel) none = GTK_SELECTION_MODEL (
      gtk_no_selection_new (G_LIST_MODEL (rai_gradual_model_new (G_LIST_MODEL (list), 12))));
  gtk_list_view_set_model (view, none);
}

static void
rai_orders_page_init (RaiOrdersPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  self->deeds = rai_order_deeds_new (RAI_PAGE (self), edit_refused);
  self->unticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->orders = g_list_store_new (RAI_TYPE_ROW);
  self->lines = g_list_store_new (RAI_TYPE_ROW);
  self->others = g_list_store_new (RAI_TYPE_ROW);
  self->gradual = rai_gradual_model_new (G_LIST_MODEL (self->orders), 10);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->gradual)));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_autoptr (GtkListItemFactory) factory = rai_cell_factory_new (make_order, show_order, self);
  gtk_list_view_set_factory (self->orders_view, factory);
  gtk_list_view_set_model (self->orders_view, GTK_SELECTION_MODEL (self->selection));
  set_list (self->lines_view, self->lines, make_line, show_line, self);
  set_list (self->others_view, self->others, make_other, show_other, self);
}

static void
rai_orders_page_dispose (GObject *object) {
  RaiOrdersPage *self = RAI_ORDERS_PAGE (object);
  g_clear_handle_id (&self->step_timer, g_source_remove);
  g_clear_pointer (&self->deeds, rai_order_deeds_free);
  g_clear_pointer (&self->stepped_order, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_ORDERS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->gradual);
  g_clear_object (&self->orders);
  g_clear_object (&self->lines);
  g_clear_object (&self->others);
  g_clear_pointer (&self->unticked, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (rai_orders_page_parent_class)->dispose (object);
}

static void
on_the_way_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  gtk_drop_down_set_selected (RAI_ORDERS_PAGE (widget)->status, ON_THE_WAY);
}

static void
bind_template (GtkWidgetClass *widget_class) {
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, list);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, details);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, status);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, orders_view);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, lines_view);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, others_view);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, title);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, protects);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, total);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, approve_one);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, cancel_one);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, approve);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, approve_bar);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, parts);
  gtk_widget_class_bind_template_child (widget_class, RaiOrdersPage, switcher);
  gtk_widget_class_bind_template_callback (widget_class, status_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_others);
  gtk_widget_class_bind_template_callback (widget_class, approve_one_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_one_cb);
  gtk_widget_class_bind_template_callback (widget_class, approve_cb);
}

static void
rai_orders_page_class_init (RaiOrdersPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_orders_page_dispose;
  RAI_PAGE_CLASS (klass)->refresh = rai_orders_page_refresh;
  RAI_PAGE_CLASS (klass)->navigate = rai_orders_page_navigate;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "orders.on-the-way", NULL, on_the_way_action);
  gtk_widget_class_install_action (widget_class, "orders.approve", NULL, approve_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "orders.approve", NULL);
}
