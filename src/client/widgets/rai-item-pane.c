/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-item-pane.h"

#include "client/model/rai-format.h"
#include "client/model/rai-ledger.h"
#include "client/model/rai-words.h"
#include "client/widgets/rai-chip.h"
#include "client/widgets/rai-facts.h"
#include "client/widgets/rai-sparkline.h"
#include "client/widgets/rai-stock-dialog.h"
#include "util/rai-decimal.h"

#include <glib/gi18n.h>

struct _RaiItemPane {
  AdwBin parent_instance;
  GtkLabel *name;
  GtkLabel *subtitle;
  RaiChip *status;
  GtkLabel *on_hand;
  GtkLabel *cover;
  GtkLabel *on_order;
  GtkLabel *delivery;
  GtkWidget *actions;
  GtkWidget *forecast;
  AdwBin *sales;
  GtkLabel *sales_caption;
  RaiFacts *facts;
  GtkWidget *movements_group;
  RaiFacts *movements;

  RaiSession *session; /* NULL: no item yet */
  RaiRow *row;
  RaiRows *moved, *sold; /* NULL: not known yet */
  int64_t site;
};

G_DEFINE_FINAL_TYPE (RaiItemPane, rai_item_pane, ADW_TYPE_BIN)

enum { CLOSED, FORECAST, N_SIGNALS };
static unsigned signals[N_SIGNALS];

static void
set_text (GtkLabel *label, char *owned) {
  gtk_label_set_label (label, owned != NULL && *owned ? owned : "–");
  g_free (owned);
}

static void
show_stock (RaiItemPane *self, RaiDay today) {
  RaiRow *row = self->row;
  const char *unit = rai_row_get_text (row, "unit");
  bool tracked = rai_row_get_int (row, "tracked");

  set_text (self->on_hand,
            tracked ? rai_format_quantity_unit (rai_row_get_int (row, "on_hand"), unit) : NULL);
  int64_t cover = rai_words_cover_days (row);
  set_text (self->cover, cover >= 0 ? rai_format_days (cover) : NULL);

  int64_t on_order = rai_row_get_int (row, "on_order");
  set_text (self->on_order, on_order > 0 ? rai_format_quantity_unit (on_order, unit) : NULL);
  set_text (self->delivery,
            rai_row_is_null (row, "next_delivery")
                ? NULL
                : rai_format_day ((RaiDay) rai_row_get_int (row, "next_delivery"), today));
}

static void
add_fact (RaiItemPane *self, const char *name, char *owned) {
  rai_facts_add (self->facts, name, owned);
  g_free (owned);
}

static char *
optional_quantity (RaiRow *row, const char *column) {
  if (rai_row_is_null (row, column))
    return NULL;
  return rai_format_quantity_unit (rai_row_get_int (row, column), rai_row_get_text (row, "unit"));
}

static char *
optional_days (RaiRow *row, const char *column) {
  return rai_row_is_null (row, column) ? NULL : rai_format_days (rai_row_get_int (row, column));
}

static char *
class_text (RaiRow *row) {
  const char *abc = rai_row_get_text (row, "abc"), *xyz = rai_row_get_text (row, "xyz");
  return abc != NULL && *abc ? g_strdup_printf ("%s %s", abc, xyz != NULL ? xyz : "") : NULL;
}

static void
show_facts (RaiItemPane *self, const char *currency) {
  RaiRow *row = self->row;
  rai_facts_clear (self->facts);
  rai_facts_add (self->facts, _ ("Supplier"), rai_row_get_text (row, "supplier"));
  add_fact (self, _ ("Time from order to delivery"), optional_days (row, "lead_days"));
  add_fact (self, _ ("Order when stock falls to"), optional_quantity (row, "order_point"));
  add_fact (self, _ ("Order up to"), optional_quantity (row, "order_up_to"));
  add_fact (self, _ ("Comes in packs of"), optional_quantity (row, "pack"));
  add_fact (self, _ ("Selling price"), rai_format_money (rai_row_get_int (row, "price"), currency));

  if (!rai_row_is_null (row, "cost"))
    add_fact (self, _ ("Purchase price"),
              rai_format_money (rai_row_get_int (row, "cost"), currency));

  add_fact (self, _ ("Keeps for"), optional_days (row, "shelf_life"));
  add_fact (self, _ ("Class by revenue and steadiness"), class_text (row));
  rai_facts_add (self->facts, _ ("Bar code"), rai_row_get_text (row, "barcode"));
}

/* "Count, Thu, Anna: found behind the shelf". */
static char *
line_name (RaiItemPane *self, const RaiLedgerLine *line) {
  const RaiDay today = rai_session_get_today (self->session);
  /* In a sentence "yesterday" is small; a day of last week needs its date. */
  g_autofree char *day = line->day >= today - 1 ? rai_format_day_inline (line->day, today)
                                                : rai_format_day (line->day, today);
  g_autoptr (GString) name = g_string_new (NULL);
  if (line->movement < 0) {
    g_string_printf (name, "%s, %s", _ ("Sold"), day);
    return g_strdup (name->str);
  }

  const size_t i = (size_t) line->movement;
  const char *note = rai_rows_get_text (self->moved, i, "note"),
             *who = rai_rows_get_text (self->moved, i, "account");
  g_string_printf (name, "%s, %s", rai_words_movement (rai_rows_get_text (self->moved, i, "kind")),
                   day);
  if (who != NULL && *who)
    g_string_append_printf (name, ", %s", who);
  if (note != NULL && *note)
    g_string_append_printf (name, ": %s", note);
  return g_strdup (name->str);
}

/* When all of it is there: answers come one by one. */
static void
show_ledger (RaiItemPane *self) {
  if (self->row == NULL || self->moved == NULL || self->sold == NULL)
    return;

  const bool tracked = rai_row_get_int (self->row, "tracked");
  g_autoptr (GArray) lines =
      rai_ledger_lines (self->moved, self->sold, rai_row_get_int (self->row, "on_hand"),
                        tracked ? RAI_ITEM_PANE_LINES : 0);
  rai_facts_clear (self->movements);
  /* Translators: columns of a list of what moved stock */
  rai_facts_add_head (self->movements, _ ("Change"), _ ("On hand"));

  for (unsigned i = 0; i < lines->len; i++) {
    const RaiLedgerLine *line = &g_array_index (lines, RaiLedgerLine, i);
    g_autofree char *name = line_name (self, line);
    g_autofree char *number = rai_format_quantity (line->quantity);
    g_autofree char *change = g_strconcat (line->quantity > 0 ? "+" : "", number, NULL);
    g_autofree char *balance = rai_format_quantity (line->balance);
    rai_facts_add_step (self->movements, name, change, balance);
  }

  gtk_widget_set_visible (self->movements_group, lines->len > 0);
}

void
rai_item_pane_set_item (RaiItemPane *self, RaiRows *rows, RaiSession *session) {
  g_return_if_fail (RAI_IS_ITEM_PANE (self));
  g_clear_object (&self->row);
  self->row = rai_row_new (rows, 0, 0);
  g_set_object (&self->session, session);
  self->site = rai_session_get_one_site (session);

  RaiDay today = rai_session_get_today (session);
  const char *name = rai_row_get_text (self->row, "name");
  gtk_label_set_label (self->name, name != NULL ? name : "");

  g_autofree char *subtitle = g_strjoin (" · ", rai_row_get_text (self->row, "sku"),
                                         rai_row_get_text (self->row, "department"), NULL);
  gtk_label_set_label (self->subtitle, subtitle);

  RaiTone tone;
  g_autofree char *status = rai_words_stock_status (self->row, today, &tone);
  rai_chip_set (self->status, status, tone);
  show_stock (self, today);
  show_facts (self, rai_session_get_currency (session));
  gtk_widget_set_visible (self->forecast, rai_session_may (session, RAI_PERMISSION_SEE_RESULTS));
  show_ledger (self);
}

void
rai_item_pane_forget (RaiItemPane *self) {
  g_return_if_fail (RAI_IS_ITEM_PANE (self));
  g_clear_object (&self->row);
  g_clear_pointer (&self->moved, rai_rows_unref);
  g_clear_pointer (&self->sold, rai_rows_unref);
}

void
rai_item_pane_set_movements (RaiItemPane *self, RaiRows *rows) {
  g_return_if_fail (RAI_IS_ITEM_PANE (self));
  g_clear_pointer (&self->moved, rai_rows_unref);
  self->moved = rai_rows_ref (rows);
  show_ledger (self);
}

void
rai_item_pane_set_days (RaiItemPane *self, RaiRows *rows, RaiDay last_day) {
  g_return_if_fail (RAI_IS_ITEM_PANE (self));
  double values[RAI_ITEM_PANE_DAYS] = { 0 };
  int64_t sum = 0;

  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    int64_t at = RAI_ITEM_PANE_DAYS - 1 - (last_day - rai_rows_get_int (rows, i, "day"));
    int64_t quantity = rai_rows_get_int (rows, i, "quantity");
    if (at < 0 || at >= RAI_ITEM_PANE_DAYS)
      continue;
    values[at] = (double) quantity / RAI_QUANTITY_ONE;
    sum += quantity;
  }

  rai_sparkline_set_values (RAI_SPARKLINE (adw_bin_get_child (self->sales)), values,
                            RAI_ITEM_PANE_DAYS);

  g_autofree char *total = rai_format_quantity (sum);
  g_autofree char *a_day =
      rai_format_number ((double) sum / RAI_QUANTITY_ONE / RAI_ITEM_PANE_DAYS, 1);

  /* Translators: the quantity sold, and how much that is a day */
  g_autofree char *text = g_strdup_printf (_ ("%s sold in 13 weeks, %s a day"), total, a_day);
  gtk_label_set_label (self->sales_caption, text);
  g_clear_pointer (&self->sold, rai_rows_unref);
  self->sold = rai_rows_ref (rows);
  show_ledger (self);
}

void
rai_item_pane_set_may_change (RaiItemPane *self, bool may) {
  gtk_widget_set_visible (self->actions, may);
}

static void
open_dialog (RaiItemPane *self, RaiStockDialogKind kind) {
  if (self->row == NULL)
    return;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RaiStockDialog *dialog =
      rai_stock_dialog_new (GTK_WINDOW (root), self->session, kind, self->site, self->row);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
count_cb (RaiItemPane *self) {
  open_dialog (self, RAI_STOCK_DIALOG_COUNT);
}

static void
receive_cb (RaiItemPane *self) {
  open_dialog (self, RAI_STOCK_DIALOG_RECEIVE);
}

static void
waste_cb (RaiItemPane *self) {
  open_dialog (self, RAI_STOCK_DIALOG_WASTE);
}

static void
close_cb (RaiItemPane *self) {
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
forecast_cb (RaiItemPane *self) {
  g_signal_emit (self, signals[FORECAST], 0);
}

static void
rai_item_pane_init (RaiItemPane *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_bin_set_child (self->sales, rai_sparkline_new (300, 72));
}

static void
rai_item_pane_dispose (GObject *object) {
  RaiItemPane *self = RAI_ITEM_PANE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_ITEM_PANE);
  rai_item_pane_forget (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_item_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class) {
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-item-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, name);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, status);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, on_hand);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, cover);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, on_order);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, delivery);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, actions);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, forecast);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, sales);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, sales_caption);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, facts);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, movements_group);
  gtk_widget_class_bind_template_child (widget_class, RaiItemPane, movements);
  gtk_widget_class_bind_template_callback (widget_class, count_cb);
  gtk_widget_class_bind_template_callback (widget_class, receive_cb);
  gtk_widget_class_bind_template_callback (widget_class, waste_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, forecast_cb);
}

static void
rai_item_pane_class_init (RaiItemPaneClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_item_pane_dispose;
  g_type_ensure (RAI_TYPE_CHIP);
  g_type_ensure (RAI_TYPE_FACTS);
  bind_template (GTK_WIDGET_CLASS (klass));
  signals[CLOSED] = g_signal_new ("closed", RAI_TYPE_ITEM_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[FORECAST] = g_signal_new ("forecast", RAI_TYPE_ITEM_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}
