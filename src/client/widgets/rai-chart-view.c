/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-view.h"

#include <math.h>

static double
span (const RaiTimeAxis *axis) {
  return axis->to - axis->from;
}

/* Moves, then cuts, an axis to lie within the limits. */
static RaiTimeAxis
keep_within (RaiTimeAxis axis, const RaiTimeAxis *limits) {
  double days = MIN (span (&axis), span (limits));
  double from = CLAMP (axis.from, limits->from, limits->to - days);
  return (RaiTimeAxis){ from, from + days };
}

void
rai_chart_view_set_limits (RaiChartView *view, RaiTimeAxis limits, RaiTimeAxis home) {
  bool was_home = rai_chart_view_is_home (view);
  view->limits = limits;
  view->home = keep_within (home, &limits);
  view->now = was_home ? view->home : keep_within (view->now, &limits);
}

void
rai_chart_view_zoom (RaiChartView *view, double at, double factor) {
  double days = CLAMP (span (&view->now) * factor,
                       MIN (RAI_CHART_VIEW_MIN_DAYS, span (&view->limits)), span (&view->limits));
  double share = (at - view->now.from) / span (&view->now);
  RaiTimeAxis zoomed = { at - share * days, at + (1 - share) * days };
  view->now = keep_within (zoomed, &view->limits);
}

void
rai_chart_view_pan (RaiChartView *view, double days) {
  RaiTimeAxis moved = { view->now.from + days, view->now.to + days };
  view->now = keep_within (moved, &view->limits);
}

void
rai_chart_view_reset (RaiChartView *view) {
  view->now = view->home;
}

void
rai_chart_view_reveal (RaiChartView *view, RaiDay day) {
  if (day < view->now.from)
    rai_chart_view_pan (view, day - view->now.from);
  else if (day + 1.0 > view->now.to)
    rai_chart_view_pan (view, day + 1.0 - view->now.to);
}

bool
rai_chart_view_is_home (const RaiChartView *view) {
  return fabs (view->now.from - view->home.from) < 1e-6 &&
         fabs (view->now.to - view->home.to) < 1e-6;
}
