/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-order-row.h"

#include "client/model/rai-format.h"
#include "client/model/rai-words.h"
#include "core/rai-order.h"

#include <glib/gi18n.h>
#include <string.h>

/* Less than this, in minor units, is not worth a word. */
#define MINOR_MONEY 100

struct _RaiOrderRow {
  AdwBin parent_instance;
  GtkCheckButton *tick;
  GtkLabel *supplier;
  GtkLabel *delivery;
  GtkLabel *protects;
  GtkLabel *total;
  char *id;
  bool showing;
};

G_DEFINE_FINAL_TYPE (RaiOrderRow, rai_order_row, ADW_TYPE_BIN)

static unsigned ticked_signal;

char *
rai_order_row_protects (RaiRow *row, const char *currency) {
  int64_t stockouts = rai_row_get_int (row, "stockouts"), money = rai_row_get_int (row, "protects");
  g_autofree char *amount = rai_format_money_whole (money, currency);
  if (stockouts > 0 && money < MINOR_MONEY)
    return g_strdup_printf (
        ngettext ("Avoids %d stock-out", "Avoids %d stock-outs", (unsigned long) stockouts),
        (int) stockouts);

  if (stockouts > 0)
    /* Translators: what an order is good for: a number of items, and an amount of money */
    return g_strdup_printf (ngettext ("Avoids %d stock-out, about %s margin",
                                      "Avoids %d stock-outs, about %s margin",
                                      (unsigned long) stockouts),
                            (int) stockouts, amount);

  return money >= MINOR_MONEY ? g_strdup_printf (_ ("Protects about %s margin"), amount) : NULL;
}

char *
rai_order_row_delivery (RaiRow *row, RaiDay today) {
  RaiDay day = (RaiDay) rai_row_get_int (row, "delivery_day");
  const char *approved = rai_order_status_id (RAI_ORDER_APPROVED);
  bool late = day < today && g_strcmp0 (rai_row_get_text (row, "status"), approved) == 0;
  g_autofree char *text = rai_format_day_inline (day, today);
  /* Translators: %s is "today", "Thu" or "3 Mar" */
  return g_strdup_printf (late ? _ ("Delivery was due %s") : _ ("Delivery %s"), text);
}

static char *
delivery_text (RaiRow *row, RaiDay today, bool show_site) {
  g_autofree char *delivery = rai_order_row_delivery (row, today);
  int64_t lines = rai_row_get_int (row, "lines");
  g_autofree char *items =
      g_strdup_printf (ngettext ("%d item", "%d items", (unsigned long) lines), (int) lines);

  g_autofree char *text = g_strjoin (" · ", delivery, items, NULL);
  return show_site ? g_strjoin (" · ", rai_row_get_text (row, "site_name"), text, NULL)
                   : g_steal_pointer (&text);
}

void
rai_order_row_show (RaiOrderRow *self, RaiRow *row, const char *currency, RaiDay today,
                    bool show_site, bool ticked) {
  g_return_if_fail (RAI_IS_ORDER_ROW (self));
  g_free (self->id);
  self->id = g_strdup (rai_row_get_text (row, "id"));

  const char *supplier = rai_row_get_text (row, "supplier");
  gtk_label_set_label (self->supplier, supplier != NULL ? supplier : "");

  g_autofree char *delivery = delivery_text (row, today, show_site);
  gtk_label_set_label (self->delivery, delivery);

  const char *status = rai_row_get_text (row, "status");
  bool proposed = g_strcmp0 (status, rai_order_status_id (RAI_ORDER_PROPOSED)) == 0;
  g_autofree char *protects = proposed ? rai_order_row_protects (row, currency)
                                       : g_strdup (rai_words_order_status (status));

  gtk_label_set_label (self->protects, protects != NULL ? protects : "");
  gtk_widget_set_visible (GTK_WIDGET (self->protects), protects != NULL);

  g_autofree char *total = rai_format_money_whole (rai_row_get_int (row, "total"), currency);
  gtk_label_set_label (self->total, total);
  gtk_widget_set_visible (GTK_WIDGET (self->tick), proposed);

  /* Translators: %s is a supplier */
  g_autofree char *spoken = g_strdup_printf (_ ("Approve the order to %s with the others"),
                                             supplier != NULL ? supplier : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  self->showing = true;
  gtk_check_button_set_active (self->tick, ticked);
  self->showing = false;
}

static void
toggled_cb (RaiOrderRow *self) {
  if (!self->showing)
    g_signal_emit (self, ticked_signal, 0, self->id, gtk_check_button_get_active (self->tick));
}

static GtkLabel *
new_label (GtkWidget *box, const char *class) {
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  if (strcmp (class, "caption") == 0)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
rai_order_row_init (RaiOrderRow *self) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9),
            *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  self->tick = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->tick), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->tick), _ ("Approve with the others"));
  g_signal_connect_swapped (self->tick, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tick));
  gtk_widget_set_hexpand (words, TRUE);

  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (words), head);
  self->supplier = new_label (head, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->supplier), TRUE);
  self->delivery = new_label (words, "caption");
  gtk_label_set_ellipsize (self->delivery, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (self->delivery, TRUE);
  self->protects = new_label (words, "caption");
  gtk_box_append (GTK_BOX (box), words);
  self->total = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "numeric");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->total));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
rai_order_row_finalize (GObject *object) {
  g_free (RAI_ORDER_ROW (object)->id);
  G_OBJECT_CLASS (rai_order_row_parent_class)->finalize (object);
}

static void
rai_order_row_class_init (RaiOrderRowClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_order_row_finalize;
  ticked_signal = g_signal_new ("ticked", RAI_TYPE_ORDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

GtkWidget *
rai_order_row_new (void) {
  return g_object_new (RAI_TYPE_ORDER_ROW, NULL);
}
