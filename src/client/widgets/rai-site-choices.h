/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a form about a store lets choose: its time zone and currency by lists with search, its
 * opening days by a button each. */

/* Fills the list with all zones as people look for them, "Berlin (Europe)"; those that this machine
 * knows come a moment later. */
void rai_site_choices_set_zone (GtkDropDown *list, const char *zone);
/* NULL: none is chosen yet. */
void rai_site_choices_set_currency (GtkDropDown *list, const char *currency);
/* The id that is chosen, "Europe/Berlin" or "EUR"; NULL: none. Owned by the list. */
const char *rai_site_choices_get (GtkDropDown *list);

/* A button for each day of the week, in the order in which people's weeks run; toggled is called
 * swapped with the widget, as long as that lives. Bit 0 = Monday. */
void
rai_site_choices_add_weekdays (GtkBox *box, unsigned weekdays, GCallback toggled, void *widget);
unsigned rai_site_choices_get_weekdays (GtkBox *box);
