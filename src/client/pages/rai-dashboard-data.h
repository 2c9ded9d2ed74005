/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-forecast-data.h"
#include "core/rai-forecast-level.h"

/* What a dashboard shows, as it came from the queries. Sections are functions of it. */

/* THE list of answers, asked for in this order; their queries are rai_dashboard_queries. */
#define RAI_DASHBOARD_FOR_EACH_ANSWER(X) \
  X (DELIVERIES) /* approved orders */ \
  X (ORDERS)     /* proposed ones */ \
  X (ALERTS) \
  X (OUT)      /* items that are out of stock */ \
  X (PHANTOMS) /* alerts of items that are perhaps not there */ \
  X (COUNTS) \
  X (SITES) \
  X (JOBS) \
  X (AUDIT) \
  X (BRIEFING) \
  X (DAYS) /* site-days of the last 13 months */ \
  X (ACCURACY) \
  X (FORECAST) \
  X (PAST) /* what was expected of the days that are over */ \
  X (CALENDAR) \
  X (RANKING) \
  X (HEAT)

/* RAI_DASHBOARD_DELIVERIES and so on: the place of an answer. */
#define SLOT(name) RAI_DASHBOARD_##name,
typedef enum { RAI_DASHBOARD_FOR_EACH_ANSWER (SLOT) RAI_DASHBOARD_N_SLOTS } RaiDashboardSlot;
#undef SLOT

/* Whom it is for; a bit each, so that several can be named together. */
typedef enum {
  RAI_DASHBOARD_STORE = 1 << 0,   /* one store's results and tasks */
  RAI_DASHBOARD_REGION = 1 << 1,  /* several stores beside each other */
  RAI_DASHBOARD_COMPANY = 1 << 2, /* all stores' results */
  RAI_DASHBOARD_FLOOR = 1 << 3,   /* stock and tasks, no results */
  RAI_DASHBOARD_SYSTEM = 1 << 4,  /* all stores' results, whether they are up to date, jobs */
} RaiDashboardKind;
#define RAI_DASHBOARD_N_KINDS 5

/* Days that a dashboard looks back at, 56 weeks: last year's day of each of the last 28; and days
 * that it looks ahead. */
#define RAI_DASHBOARD_DAYS_BACK 392
#define RAI_DASHBOARD_DAYS_AHEAD 28

typedef struct {
  RaiDashboardKind kind;
  RaiDay today;
  RaiDay last_day; /* newest day with sales; RAI_DAY_NONE: none */
  int64_t site;    /* 0: all of the account's */
  bool some;       /* these are not all of the company's: what is said of it is not of them */
  char *currency;
  unsigned open_weekdays; /* of the one store, where somebody said them; 0: nobody, or several */
  RaiRows *rows[RAI_DASHBOARD_N_SLOTS]; /* NULL: not asked for, or not yet there */
  RaiForecastData *forecast;            /* of rows[FORECAST]; NULL: none */
} RaiDashboardData;

RaiDashboardData *rai_dashboard_data_new (void);
void rai_dashboard_data_free (RaiDashboardData *data);
/* Takes a reference. */
void rai_dashboard_data_set (RaiDashboardData *data, RaiDashboardSlot slot, RaiRows *rows);
/* 0 when the slot is empty. */
size_t rai_dashboard_data_count (const RaiDashboardData *data, RaiDashboardSlot slot);

/* A number of the row of that day. NAN: not known. */
double rai_dashboard_data_day_value (const RaiDashboardData *data, RaiDashboardSlot slot,
                                     RaiDay day, const char *column);
/* Revenue of the last 28 days and of the same days of last year, of those stores that were open in
 * both. false when there are none. */
bool
rai_dashboard_data_like_for_like (const RaiDashboardData *data, double *revenue, double *last_year);
/* The row of `accuracy` for a level; -1: none. */
int rai_dashboard_data_accuracy_row (const RaiDashboardData *data, RaiForecastLevel level);
/* What the dashboard is about: a store, or the company. */
RaiForecastLevel rai_dashboard_data_level (const RaiDashboardData *data);

/* For a query: the store that is shown, or none for all together. Free with g_hash_table_unref. */
GHashTable *rai_dashboard_data_site_arguments (const RaiDashboardData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDashboardData, rai_dashboard_data_free)
