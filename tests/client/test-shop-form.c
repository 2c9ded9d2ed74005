/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-shop-form.h"

#include "client/rai-application.h"
#include "client/widgets/rai-site-choices.h"

typedef struct {
  GtkWidget *window;
  RaiShopForm *form;
} Fixture;

static void
set_up (Fixture *fixture, const void *unused) {
  rai_application_register_resources ();
  fixture->form = g_object_new (RAI_TYPE_SHOP_FORM, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->form));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, const void *unused) {
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void *
part_of (Fixture *fixture, const char *name) {
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->form), RAI_TYPE_SHOP_FORM, name);
}

static void
set_text (Fixture *fixture, const char *name, const char *text) {
  gtk_editable_set_text (GTK_EDITABLE (part_of (fixture, name)), text);
}

static void
set_days (Fixture *fixture, bool open) {
  for (GtkWidget *at = gtk_widget_get_first_child (part_of (fixture, "weekdays")); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (at), open);
}

/* The clock and money of this computer, which its zone tells. */
static void
test_begins (Fixture *fixture, const void *unused) {
  const RaiLocalShop shop = rai_shop_form_read (fixture->form);
  g_assert_cmpstr (shop.zone, ==, "Europe/Berlin");
  g_assert_cmpstr (shop.currency, ==, "EUR");
  g_assert_cmpuint (shop.open_weekdays, ==, 63);
  g_assert_cmpstr (shop.name, ==, "");
  g_assert_false (rai_shop_form_is_complete (fixture->form));
}

/* Each thing that is missing keeps the shop closed. */
static void
test_complete (Fixture *fixture, const void *unused) {
  g_autofree char *long_name = g_strnfill (201, 'x');
  set_text (fixture, "owner", "Ada");
  set_text (fixture, "name", "  Harbour Street ");
  g_assert_true (rai_shop_form_is_complete (fixture->form));
  g_assert_cmpstr (rai_shop_form_read (fixture->form).name, ==, "Harbour Street");
  set_text (fixture, "name", "   ");
  g_assert_false (rai_shop_form_is_complete (fixture->form));
  set_text (fixture, "name", long_name);
  g_assert_false (rai_shop_form_is_complete (fixture->form));
  set_text (fixture, "name", "Harbour Street");
  set_text (fixture, "owner", " ");
  g_assert_false (rai_shop_form_is_complete (fixture->form));
  set_text (fixture, "owner", "Ada");
  set_days (fixture, false);
  g_assert_false (rai_shop_form_is_complete (fixture->form));
  g_assert_true (gtk_widget_has_css_class (part_of (fixture, "days_hint"), "error"));
  set_days (fixture, true);
  g_assert_true (rai_shop_form_is_complete (fixture->form));
  g_assert_false (gtk_widget_has_css_class (part_of (fixture, "days_hint"), "error"));
  rai_site_choices_set_currency (part_of (fixture, "currency"), NULL);
  g_assert_false (rai_shop_form_is_complete (fixture->form));
}

/* Another place has another money, until somebody says which. */
static void
test_currency (Fixture *fixture, const void *unused) {
  rai_site_choices_set_zone (part_of (fixture, "zone"), "Asia/Tokyo");
  g_assert_cmpstr (rai_shop_form_read (fixture->form).currency, ==, "JPY");
  rai_site_choices_set_currency (part_of (fixture, "currency"), "USD");
  rai_site_choices_set_zone (part_of (fixture, "zone"), "Europe/London");
  g_assert_cmpstr (rai_shop_form_read (fixture->form).currency, ==, "USD");
}

int
main (int argc, char **argv) {
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/client/shop-form/begins", Fixture, NULL, set_up, test_begins, tear_down);
  g_test_add ("/client/shop-form/complete", Fixture, NULL, set_up, test_complete, tear_down);
  g_test_add ("/client/shop-form/currency", Fixture, NULL, set_up, test_currency, tear_down);
  return g_test_run ();
}
