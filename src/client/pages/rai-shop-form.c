/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-shop-form.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-site-choices.h"
#include "core/rai-currency.h"
#include "db/rai-sites.h"
#include "util/rai-zone.h"

#include <glib/gi18n.h>
#include <locale.h>

/* Monday to Saturday: what most shops begin with. */
#define WEEKDAYS 63

struct _RaiShopForm {
  AdwBin parent_instance;
  AdwEntryRow *owner, *name;
  GtkBox *weekdays;
  GtkLabel *days_hint;
  GtkDropDown *zone, *currency;
  char *owner_text, *name_text; /* without the blanks around them */
  const char *proposed;         /* the currency that the zone told, as long as nobody chose one */
  bool filled;
};

enum { SIGNAL_CHANGED, SIGNAL_ENTERED, N_SIGNALS };
static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RaiShopForm, rai_shop_form, ADW_TYPE_BIN)

RaiLocalShop
rai_shop_form_read (RaiShopForm *self) {
  g_free (self->owner_text);
  self->owner_text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->owner))));
  g_free (self->name_text);
  self->name_text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  return (RaiLocalShop){
    .owner = self->owner_text,
    .name = self->name_text,
    .zone = rai_site_choices_get (self->zone),
    .currency = rai_site_choices_get (self->currency),
    .open_weekdays = rai_site_choices_get_weekdays (self->weekdays),
  };
}

bool
rai_shop_form_is_complete (RaiShopForm *self) {
  const RaiLocalShop shop = rai_shop_form_read (self);
  const int64_t weekdays = shop.open_weekdays;
  return *shop.owner != '\0' && shop.zone != NULL && shop.currency != NULL &&
         rai_site_fault (&(RaiSiteValues){ .name = shop.name, .open_weekdays = &weekdays }) == NULL;
}

/* A day at least is open; the line is there before it has to say so. */
static void
show_days (RaiShopForm *self, unsigned weekdays) {
  g_autofree char *words = rai_format_weekdays (weekdays);
  gtk_label_set_label (self->days_hint,
                       weekdays != 0 ? words : _ ("A shop opens on one day at least."));
  if (weekdays != 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self->days_hint), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->days_hint), "error");
}

static void
changed_cb (RaiShopForm *self) {
  if (!self->filled)
    return;
  show_days (self, rai_site_choices_get_weekdays (self->weekdays));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Another place has another money, unless somebody said which. */
static void
zone_changed_cb (RaiShopForm *self) {
  if (!self->filled)
    return;
  const char *told = rai_currency_of_zone (rai_site_choices_get (self->zone));
  if (told != NULL && g_strcmp0 (rai_site_choices_get (self->currency), self->proposed) == 0) {
    self->proposed = told;
    rai_site_choices_set_currency (self->currency, told);
  }
  changed_cb (self);
}

static void
entered_cb (RaiShopForm *self) {
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

void
rai_shop_form_begin (RaiShopForm *self) {
  const RaiLocalShop shop = rai_shop_form_read (self);
  gtk_widget_grab_focus (GTK_WIDGET (*shop.owner == '\0' ? self->owner : self->name));
}

/* The zone of this computer's clock, as the lists spell it. */
static const char *
zone_here (GTimeZone *local) {
  const char *name = g_time_zone_get_identifier (local);
  return rai_zone_is_known (name) ? name : "UTC";
}

/* What the zone tells, else the language's country ("EUR "). */
static const char *
currency_here (const char *zone) {
  const char *told = rai_currency_of_zone (zone);
  g_autofree char *code = g_strndup (localeconv ()->int_curr_symbol, 3);
  for (int i = 0; told == NULL && rai_currencies[i] != NULL; i++)
    if (g_str_equal (rai_currencies[i], code))
      told = rai_currencies[i];
  return told;
}

static void
rai_shop_form_init (RaiShopForm *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *zone = zone_here (local);
  self->proposed = currency_here (zone);

  /* GLib says so where the system does not know the name. */
  if (!g_str_equal (g_get_real_name (), "Unknown"))
    gtk_editable_set_text (GTK_EDITABLE (self->owner), g_get_real_name ());
  rai_site_choices_add_weekdays (self->weekdays, WEEKDAYS, G_CALLBACK (changed_cb), self);
  rai_site_choices_set_zone (self->zone, zone);
  rai_site_choices_set_currency (self->currency, self->proposed);
  show_days (self, WEEKDAYS);
  self->filled = true;
}

static void
rai_shop_form_dispose (GObject *object) {
  RaiShopForm *self = RAI_SHOP_FORM (object);
  self->filled = false;
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_SHOP_FORM);
  g_clear_pointer (&self->owner_text, g_free);
  g_clear_pointer (&self->name_text, g_free);
  G_OBJECT_CLASS (rai_shop_form_parent_class)->dispose (object);
}

static void
rai_shop_form_class_init (RaiShopFormClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_shop_form_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RAI_TYPE_SHOP_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", RAI_TYPE_SHOP_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-shop-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, owner);
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, name);
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, weekdays);
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, days_hint);
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, zone);
  gtk_widget_class_bind_template_child (widget_class, RaiShopForm, currency);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, zone_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}
