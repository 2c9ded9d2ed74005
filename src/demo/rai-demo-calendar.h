/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/rai-demo-catalogue.h"
#include "util/rai-day.h"

/* The demo's days: holidays that move, closed days, events, school holidays and weather, by site,
 * for the past and for the weeks to come. */
typedef struct {
  bool closed;
  bool school_holiday;
  const char *holiday; /* "" on other days */
  const char *event;
  double temperature; /* degrees Celsius, mean of the day */
  double rain;        /* mm */
  double traffic;     /* how many more come than on such a weekday otherwise: 1 = as many */
  double festive;     /* 0 ... 1: how near Christmas or Easter is */
} RaiDemoDay;

typedef struct _RaiDemoCalendar RaiDemoCalendar;

/* From first_day for n_days; weather after `today` + 10 is the season's mean, as a forecast would
 * have it. */
RaiDemoCalendar *rai_demo_calendar_new (uint64_t seed, RaiDay first_day, int n_days, RaiDay today);
void rai_demo_calendar_free (RaiDemoCalendar *calendar);
/* site: index into rai_demo_sites. */
const RaiDemoDay *rai_demo_calendar_day (const RaiDemoCalendar *calendar, int site, RaiDay day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDemoCalendar, rai_demo_calendar_free)
