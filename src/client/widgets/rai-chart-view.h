/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-time-axis.h"

/* Which days are in view: zoom and pan within all days there are. Pure; from < to always holds once
 * limits are set. */
typedef struct {
  RaiTimeAxis limits; /* all days */
  RaiTimeAxis home;   /* what is shown at first and after a reset */
  RaiTimeAxis now;    /* what is shown */
} RaiChartView;

#define RAI_CHART_VIEW_MIN_DAYS 7

/* New data: keeps what is shown where it still can, and goes home when it was there. */
void rai_chart_view_set_limits (RaiChartView *view, RaiTimeAxis limits, RaiTimeAxis home);
/* factor < 1 shows fewer days; the day under `at` stays where it is. */
void rai_chart_view_zoom (RaiChartView *view, double at, double factor);
void rai_chart_view_pan (RaiChartView *view, double days);
void rai_chart_view_reset (RaiChartView *view);
/* Pans as little as needed to show a day. */
void rai_chart_view_reveal (RaiChartView *view, RaiDay day);
bool rai_chart_view_is_home (const RaiChartView *view);
