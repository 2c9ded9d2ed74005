/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* What files of sales say besides sales: closed days, holidays, weather and promotions of a site;
 * prices and promotions of an item. Written only where it differs from what is stored. In the
 * import's transaction. */
typedef struct {
  bool has_closed, has_school_holiday, has_promotion, has_temperature, has_rain;
  bool to_come; /* the row has no sales yet: the day is written even when nothing about it is
                   special */
  bool closed;
  bool school_holiday;
  bool promotion;
  const char *holiday; /* NULL: not said */
  const char *event;   /* NULL: not said */
  double temperature;
  double rain;
} RaiImportDay;

RaiImportCalendar *rai_import_calendar_new (void);
void rai_import_calendar_free (RaiImportCalendar *calendar);

/* Takes what the row's columns say. false: rejected. */
bool rai_import_calendar_read (RaiImport *import, RaiImportDay *day);
/* *changed is set when something was written; left alone otherwise. */
bool rai_import_calendar_write (RaiImport *import, int64_t site_id, RaiDay day,
                                const RaiImportDay *what, bool *changed, GError **error);
/* The price from this day on, when it differs from the row before. */
bool rai_import_calendar_price (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day,
                                int64_t price, bool *changed, GError **error);
/* One day of a promotion; days that follow each other become one row. */
bool rai_import_calendar_promotion (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day,
                                    RaiDay last_day, bool *changed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportCalendar, rai_import_calendar_free)
