/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-stock-dialog.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-dialog-save.h"
#include "command/rai-arguments.h"
#include "util/rai-decimal.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

struct _RaiStockDialog {
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  AdwEntryRow *quantity;
  AdwEntryRow *note;
  GtkLabel *hint, *problem;
  GtkButton *save;

  RaiSession *session;
  RaiStockDialogKind kind;
  int64_t site;
  RaiRow *item;
};

G_DEFINE_FINAL_TYPE (RaiStockDialog, rai_stock_dialog, ADW_TYPE_WINDOW)

typedef struct {
  const char *command;
  const char *title;
  const char *field;
  const char *button;
  const char *done;
} Kind;

static const Kind kinds[] = {
  [RAI_STOCK_DIALOG_COUNT] = { "stock.count", N_ ("Count stock"), N_ ("Quantity found"),
                               N_ ("_Save count"), N_ ("Count saved") },
  [RAI_STOCK_DIALOG_RECEIVE] = { "stock.receive", N_ ("Receive a delivery"),
                                 N_ ("Quantity received"), N_ ("_Receive"),
                                 N_ ("Delivery received") },
  [RAI_STOCK_DIALOG_WASTE] = { "stock.waste", N_ ("Record waste"), N_ ("Quantity thrown away"),
                               N_ ("_Record"), N_ ("Waste recorded") },
};

bool
rai_stock_dialog_parse (const char *text, int64_t *quantity) {
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *mark = localeconv ()->decimal_point;
  bool comma = strcmp (mark, ",") == 0 && strchr (stripped, '.') == NULL;
  return *stripped &&
         rai_decimal_parse (stripped, -1, RAI_QUANTITY_DECIMALS, comma ? ',' : '.', quantity) &&
         *quantity >= 0;
}

/* What the number will do: "14 in the books, 2 fewer". */
static char *
hint_text (RaiStockDialog *self, bool valid, int64_t quantity) {
  int64_t on_hand = rai_row_get_int (self->item, "on_hand");
  g_autofree char *books =
      rai_format_quantity_unit (on_hand, rai_row_get_text (self->item, "unit"));

  if (!valid)
    /* Translators: %s is a quantity with its unit */
    return g_strdup_printf (_ ("%s in the books."), books);

  int64_t after = self->kind == RAI_STOCK_DIALOG_COUNT     ? quantity
                  : self->kind == RAI_STOCK_DIALOG_RECEIVE ? on_hand + quantity
                                                           : on_hand - quantity;
  g_autofree char *change = rai_format_quantity (after - on_hand);
  g_autofree char *now = rai_format_quantity (after);

  /* Translators: stock in the books, the change with its sign, the new stock */
  return g_strdup_printf (_ ("%s in the books, %s%s: %s afterwards."), books,
                          after > on_hand ? "+" : "", change, now);
}

static void
changed_cb (RaiStockDialog *self) {
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->quantity));
  int64_t quantity = 0;
  bool valid = rai_stock_dialog_parse (text, &quantity);
  bool useful = valid && (quantity > 0 || self->kind == RAI_STOCK_DIALOG_COUNT);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), useful);
  if (!valid && *text)
    gtk_widget_add_css_class (GTK_WIDGET (self->quantity), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->quantity), "error");

  g_autofree char *hint = hint_text (self, valid, quantity);
  gtk_label_set_label (self->hint, hint);
}

static void
save_cb (RaiStockDialog *self) {
  int64_t quantity;
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)) ||
      !rai_stock_dialog_parse (gtk_editable_get_text (GTK_EDITABLE (self->quantity)), &quantity))
    return;

  const Kind *kind = &kinds[self->kind];
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))));
  int64_t item = rai_row_get_int (self->item, "item_id");
  g_autofree char *arguments =
      RAI_ARGUMENTS (kind->command, { "site", .number = self->site }, { "item", .number = item },
                     { "quantity", .number = quantity }, { "note", .text = *note ? note : NULL });

  const RaiDialogSave save = { self->session, GTK_WINDOW (self), GTK_WIDGET (self->save),
                               self->problem };
  rai_dialog_save (&save, kind->command, arguments, _ (kind->done));
}

static void
rai_stock_dialog_init (RaiStockDialog *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_stock_dialog_dispose (GObject *object) {
  RaiStockDialog *self = RAI_STOCK_DIALOG (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_STOCK_DIALOG);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_stock_dialog_parent_class)->dispose (object);
}

static void
rai_stock_dialog_class_init (RaiStockDialogClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_stock_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-stock-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, quantity);
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, note);
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiStockDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

RaiStockDialog *
rai_stock_dialog_new (GtkWindow *parent, RaiSession *session, RaiStockDialogKind kind, int64_t site,
                      RaiRow *item) {
  RaiStockDialog *self = g_object_new (RAI_TYPE_STOCK_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->site = site;
  self->item = g_object_ref (item);
  adw_window_title_set_title (self->title, _ (kinds[kind].title));
  adw_window_title_set_subtitle (self->title, rai_row_get_text (item, "name"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->quantity), _ (kinds[kind].field));
  gtk_button_set_label (self->save, _ (kinds[kind].button));
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->quantity));

  return self;
}
