/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-demand.h"
#include "forecast/panel/rai-panel.h"

/* How much more or less than usual a series sells in the weeks around Christmas, where steps are
 * weeks. 52 weeks are a day or two short of a year, so that now and then the week 52 weeks ago is
 * not the one that held Christmas; and a look back on the weeks of autumn chooses methods that know
 * nothing of it. Learned by each series for itself: a week is enough to tell by. Read-only once
 * made. */
typedef struct _RaiWeekEffects RaiWeekEffects;

/* What is known of a week to come. */
typedef struct {
  double factor; /* on the usual of the weeks before those around Christmas */
  double kept;   /* how sure that is, 0..1 */
  size_t since;  /* steps since the first of the weeks around Christmas */
} RaiWeekEffect;

/* NULL where steps are no weeks: there are none. */
RaiWeekEffects *rai_week_effects_new (const RaiPanel *panel, const RaiDemand *demand);
void rai_week_effects_free (RaiWeekEffects *effects);
/* Tells of a step by the years before, as far as their weeks lie before the step `now` <= step.
 * false where nothing is known; effects may be NULL. */
bool rai_week_effects_seen (const RaiWeekEffects *effects, size_t series, size_t step, size_t now,
                            RaiWeekEffect *effect);
/* What the effect is a factor on: the median of the last of values[n] that are above 0, which came,
 * or are expected, before the first of those weeks. NAN when there are too few. */
double rai_week_effects_usual (const double *values, size_t n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiWeekEffects, rai_week_effects_free)
