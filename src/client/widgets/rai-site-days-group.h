/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"
#include "util/rai-day.h"

#include <adwaita.h>

/* Days on which a store does not open as its weekdays say: a list to add to and to remove from,
 * kept until they are saved. Signal: "changed" (). */
#define RAI_TYPE_SITE_DAYS_GROUP (rai_site_days_group_get_type ())
G_DECLARE_FINAL_TYPE (RaiSiteDaysGroup, rai_site_days_group, RAI, SITE_DAYS_GROUP,
                      AdwPreferencesGroup)

/* calendar: rows of the query of that name, from today on; takes a reference. */
void rai_site_days_group_set_calendar (RaiSiteDaysGroup *group, RaiRows *calendar, RaiDay today);
/* The weekdays on which the store opens, as they stand in the form. */
void rai_site_days_group_set_weekdays (RaiSiteDaysGroup *group, unsigned weekdays);
/* The other way round than it is: an open day is closed, a closed one is opened. name: what the day
 * is called, NULL to leave it. */
void rai_site_days_group_turn (RaiSiteDaysGroup *group, RaiDay day, const char *name);
/* Back to what its weekday says, without a name. */
void rai_site_days_group_clear_day (RaiSiteDaysGroup *group, RaiDay day);

bool rai_site_days_group_is_changed (RaiSiteDaysGroup *group);
/* The commands that save it, and those that take it back: widgets/rai-dialog-save. */
void rai_site_days_group_add_deeds (RaiSiteDaysGroup *group, int64_t site, GPtrArray *deeds,
                                    GPtrArray *undo);
