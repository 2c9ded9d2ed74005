/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-forecast-data.h"

/* What a dashboard shows, as it came from the queries. Sections are functions of it. */
typedef enum {
  RAI_DASHBOARD_BRIEFING,
  RAI_DASHBOARD_DAYS, /* site-days of the last 13 months */
  RAI_DASHBOARD_FORECAST,
  RAI_DASHBOARD_PAST,
  RAI_DASHBOARD_ACCURACY,
  RAI_DASHBOARD_CALENDAR,
  RAI_DASHBOARD_ORDERS,     /* proposed */
  RAI_DASHBOARD_DELIVERIES, /* approved */
  RAI_DASHBOARD_ALERTS,
  RAI_DASHBOARD_RANKING,
  RAI_DASHBOARD_HEAT,
  RAI_DASHBOARD_OUT, /* items that are out of stock */
  RAI_DASHBOARD_COUNTS,
  RAI_DASHBOARD_SITES,
  RAI_DASHBOARD_JOBS,
  RAI_DASHBOARD_AUDIT,
  RAI_DASHBOARD_N_SLOTS
} RaiDashboardSlot;

/* Whom it is for. */
typedef enum {
  RAI_DASHBOARD_STORE,   /* one store's results and tasks */
  RAI_DASHBOARD_REGION,  /* several stores beside each other */
  RAI_DASHBOARD_COMPANY, /* all stores' results */
  RAI_DASHBOARD_FLOOR,   /* stock and tasks, no results */
  RAI_DASHBOARD_SYSTEM,  /* all stores' results, whether they are up to date, jobs */
} RaiDashboardKind;

typedef struct {
  RaiDashboardKind kind;
  RaiDay today;
  RaiDay last_day; /* newest day with sales; RAI_DAY_NONE: none */
  int64_t site;    /* 0: all */
  char *currency;
  RaiRows *rows[RAI_DASHBOARD_N_SLOTS]; /* NULL: not asked for, or not yet there */
  RaiForecastData *forecast;            /* of rows[FORECAST]; NULL: none */
} RaiDashboardData;

RaiDashboardData *rai_dashboard_data_new (void);
void rai_dashboard_data_free (RaiDashboardData *data);
/* Takes a reference. */
void rai_dashboard_data_set (RaiDashboardData *data, RaiDashboardSlot slot, RaiRows *rows);
/* 0 when the slot is empty. */
size_t rai_dashboard_data_count (const RaiDashboardData *data, RaiDashboardSlot slot);

/* Of the newest day with sales. NAN: not known. */
double rai_dashboard_data_day_value (const RaiDashboardData *data, RaiDashboardSlot slot,
                                     RaiDay day, const char *column);
/* Revenue of the last 28 days and of the same days of last year, of those stores that were open in
 * both. false when there are none. */
bool
rai_dashboard_data_like_for_like (const RaiDashboardData *data, double *revenue, double *last_year);
/* The row of `accuracy` for a level; -1: none. */
int rai_dashboard_data_accuracy_row (const RaiDashboardData *data, const char *level);

/* Two to four sentences made of numbers. */
char *rai_dashboard_briefing (const RaiDashboardData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDashboardData, rai_dashboard_data_free)
