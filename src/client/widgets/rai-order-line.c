/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-order-line.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-facts.h"
#include "core/rai-order.h"

#include <glib/gi18n.h>

struct _RaiOrderLine {
  AdwBin parent_instance;
  GtkToggleButton *toggle;
  GtkLabel *name;
  GtkLabel *reason;
  GtkWidget *minus;
  GtkWidget *plus;
  GtkLabel *quantity_label;
  GtkLabel *packs;
  GtkLabel *cost;
  GtkRevealer *revealer;
  RaiFacts *facts;

  RaiRow *row;
  int64_t quantity;
  bool showing; /* the toggle follows the model, not the user */
};

G_DEFINE_FINAL_TYPE (RaiOrderLine, rai_order_line, ADW_TYPE_BIN)

enum { STEPPED, OPENED, N_SIGNALS };
static unsigned signals[N_SIGNALS];

static int64_t
pack_of (RaiRow *row) {
  int64_t pack = rai_row_get_int (row, "pack");
  return pack > 0 ? pack : 1000;
}

static void
step (RaiOrderLine *self, int direction) {
  if (self->row == NULL)
    return;
  int64_t pack = pack_of (self->row);
  int64_t quantity = MAX (0, (self->quantity / pack + direction) * pack);
  g_signal_emit (self, signals[STEPPED], 0, rai_row_get_int (self->row, "item_id"), quantity);
}

static void
minus_cb (RaiOrderLine *self) {
  step (self, self->quantity % pack_of (self->row) == 0 ? -1 : 0);
}

static void
plus_cb (RaiOrderLine *self) {
  step (self, 1);
}

static void
toggled_cb (RaiOrderLine *self) {
  bool open = gtk_toggle_button_get_active (self->toggle);
  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_button_set_icon_name (GTK_BUTTON (self->toggle),
                            open ? "pan-down-symbolic" : "pan-end-symbolic");
  if (!self->showing && self->row != NULL)
    g_signal_emit (self, signals[OPENED], 0, rai_row_get_int (self->row, "item_id"), open);
}

static char *
reason_text (RaiRow *row, RaiDay today) {
  if (rai_row_is_null (row, "stockout_day"))
    return g_strdup (rai_row_get_text (row, "sku"));
  if (rai_row_get_int (row, "part_on_hand") <= 0)
    return g_strdup (_ ("Out of stock"));
  g_autofree char *day =
      rai_format_day_inline ((RaiDay) rai_row_get_int (row, "stockout_day"), today);
  /* Translators: an item of an order; %s is "today", "Thu" or "3 Mar" */
  return g_strdup_printf (_ ("Runs out %s without it"), day);
}

static char *
signed_quantity (int64_t quantity) {
  g_autofree char *text = rai_format_quantity (quantity);
  return quantity > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

static void
add_part (RaiOrderLine *self, const char *name, int64_t quantity) {
  g_autofree char *text = signed_quantity (quantity);
  rai_facts_add (self->facts, name, text);
}

/* demand + safety - on hand - on order + rounding = proposed */
static void
show_parts (RaiOrderLine *self) {
  RaiRow *row = self->row;
  rai_facts_clear (self->facts);

  g_autofree char *cover = rai_format_days (rai_row_get_int (row, "cover_days"));
  /* Translators: %s is "7 days": the time that the order must last */
  g_autofree char *demand = g_strdup_printf (_ ("Expected to sell in %s"), cover);

  add_part (self, demand, rai_row_get_int (row, "part_demand"));
  add_part (self, _ ("Kept in reserve, as sales vary"), rai_row_get_int (row, "part_safety"));
  add_part (self, _ ("In stock"), -rai_row_get_int (row, "part_on_hand"));
  add_part (self, _ ("On order already"), -rai_row_get_int (row, "part_on_order"));
  add_part (self, _ ("Rounded to packs and limits"), rai_row_get_int (row, "part_rounding"));

  g_autofree char *proposed = rai_format_quantity (rai_row_get_int (row, "proposed"));
  rai_facts_add_sum (self->facts, _ ("Proposed"), proposed);
}

static void
show_quantity (RaiOrderLine *self, const char *currency) {
  RaiRow *row = self->row;
  g_autofree char *quantity =
      rai_format_quantity_unit (self->quantity, rai_row_get_text (row, "unit"));

  gtk_label_set_label (self->quantity_label, quantity);
  int64_t pack = pack_of (row);
  int64_t n_packs = self->quantity / pack;
  g_autofree char *content = rai_format_quantity (pack);
  g_autofree char *packs =
      pack == 1000
          ? g_strdup ("")
          /* Translators: a number of packs and what is in one: "4 packs of 6" */
          : g_strdup_printf (ngettext ("%d pack of %s", "%d packs of %s", (unsigned long) n_packs),
                             (int) n_packs, content);

  gtk_label_set_label (self->packs, packs);
  int64_t value = rai_order_line_value (self->quantity, rai_row_get_int (row, "cost"));
  g_autofree char *cost = rai_format_money (value, currency);

  gtk_label_set_label (self->cost, cost);
}

static void
set_spoken (GtkWidget *button, const char *text) {
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_labels (RaiOrderLine *self, const char *name) {
  /* Translators: in these three %s is an item's name */
  g_autofree char *less = g_strdup_printf (_ ("One pack less of %s"), name);
  g_autofree char *more = g_strdup_printf (_ ("One pack more of %s"), name);
  g_autofree char *why = g_strdup_printf (_ ("Why this quantity of %s"), name);
  set_spoken (self->minus, less);
  set_spoken (self->plus, more);
  set_spoken (GTK_WIDGET (self->toggle), why);
}

void
rai_order_line_show (RaiOrderLine *self, RaiRow *row, int64_t quantity, const char *currency,
                     RaiDay today, bool editable, bool open) {
  g_return_if_fail (RAI_IS_ORDER_LINE (self));
  g_set_object (&self->row, row);
  self->quantity = quantity;

  const char *name = rai_row_get_text (row, "name");
  gtk_label_set_label (self->name, name != NULL ? name : "");

  g_autofree char *reason = reason_text (row, today);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  show_quantity (self, currency);
  show_parts (self);
  show_labels (self, name != NULL ? name : "");
  gtk_widget_set_visible (self->minus, editable);
  gtk_widget_set_visible (self->plus, editable);
  gtk_widget_set_sensitive (self->minus, quantity > 0);
  self->showing = true;
  gtk_toggle_button_set_active (self->toggle, open);
  self->showing = false;
}

static void
rai_order_line_init (RaiOrderLine *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_order_line_dispose (GObject *object) {
  RaiOrderLine *self = RAI_ORDER_LINE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_ORDER_LINE);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (rai_order_line_parent_class)->dispose (object);
}

static void
rai_order_line_class_init (RaiOrderLineClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_order_line_dispose;
  g_type_ensure (RAI_TYPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-order-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, toggle);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, name);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, reason);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, minus);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, plus);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, quantity_label);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, packs);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, cost);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, revealer);
  gtk_widget_class_bind_template_child (widget_class, RaiOrderLine, facts);
  gtk_widget_class_bind_template_callback (widget_class, minus_cb);
  gtk_widget_class_bind_template_callback (widget_class, plus_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  signals[STEPPED] = g_signal_new ("stepped", RAI_TYPE_ORDER_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[OPENED] = g_signal_new ("opened", RAI_TYPE_ORDER_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

GtkWidget *
rai_order_line_new (void) {
  return g_object_new (RAI_TYPE_ORDER_LINE, NULL);
}
