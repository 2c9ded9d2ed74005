/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

/* The input of a forecast: many series (site x item) of one step width that all end where the
 * forecast begins, with what is known in advance. Every column is one contiguous array over all
 * series. A panel is filled by one thread, series by series, and is read-only from then on, by any
 * number of threads. It owns everything; texts are copied. */
typedef enum {
  RAI_STEP_HOUR,
  RAI_STEP_DAY,
  RAI_STEP_WEEK,
  RAI_STEP_MONTH,
  RAI_STEP_QUARTER,
} RaiPanelStep;

/* What a covariate is told as when a forecast is explained. */
typedef enum {
  RAI_COVARIATE_CALENDAR,
  RAI_COVARIATE_PRICE,
  RAI_COVARIATE_PROMOTION,
  RAI_COVARIATE_WEATHER,
  RAI_COVARIATE_EVENT,
} RaiCovariateRole;

typedef struct _RaiPanel RaiPanel;

/* origin is the first step to forecast. Steps are counted in hours since 1970 (RAI_STEP_HOUR), in
 * RaiDay (day and week; a week is 7 apart from the next), in months since January 1970 or in
 * quarters since its first. horizon is 1 or more. */
RaiPanel *rai_panel_new (RaiPanelStep step, int64_t origin, size_t horizon);
void rai_panel_free (RaiPanel *panel);

/* Months and quarters are dated by this day of the month (the last one where a month is shorter),
 * quarters so many months (0-2) after their first; by the first day of the first unless set. */
void rai_panel_set_dating (RaiPanel *panel, int month, int mday);

/* Declares a covariate, before the first series. categorical: its values are codes from
 * rai_panel_category. Returns its index. Use rai_covariate_role for the role that a name
 * suggests. */
size_t rai_panel_add_covariate (RaiPanel *panel, const char *name, RaiCovariateRole role,
                                bool categorical);
RaiCovariateRole rai_covariate_role (const char *name);
/* The way that demand must go with a covariate: -1 with the item's own `price`, 1 with a promotion
 * ("promo..."), 0 unknown: a rival's price or an index of prices has a part of its own to play. */
int rai_covariate_way (const char *name);
/* The code of a text of a categorical covariate; "" is 0, others count from 1 as they come. */
float rai_panel_category (RaiPanel *panel, size_t covariate, const char *text);

/* Appends a series of n observed steps, the last one just before the origin. All observations are
 * missing (NAN), nothing is out of stock, nothing is closed, all covariates are NAN (unknown). n
 * may be 0: a new item. Returns its index. */
size_t rai_panel_add_series (RaiPanel *panel, const char *site, const char *item, size_t n);
/* A fixed trait of a series ("category", "department", ...): groups of the hierarchy, look-alikes
 * of new items. */
void rai_panel_set_attribute (RaiPanel *panel, size_t series, const char *name, const char *value);

RaiPanelStep rai_panel_step (const RaiPanel *panel);
int64_t rai_panel_origin (const RaiPanel *panel);
size_t rai_panel_horizon (const RaiPanel *panel);
size_t rai_panel_n_series (const RaiPanel *panel);
size_t rai_panel_n_covariates (const RaiPanel *panel);
const char *rai_panel_covariate_name (const RaiPanel *panel, size_t covariate);
RaiCovariateRole rai_panel_covariate_role (const RaiPanel *panel, size_t covariate);
bool rai_panel_covariate_categorical (const RaiPanel *panel, size_t covariate);
size_t rai_panel_covariate_categories (const RaiPanel *panel, size_t covariate);
const char *rai_panel_site (const RaiPanel *panel, size_t series);
const char *rai_panel_item (const RaiPanel *panel, size_t series);
size_t rai_panel_length (const RaiPanel *panel, size_t series);
/* Attributes are numbered in the order they first came; a series without one has "". */
size_t rai_panel_n_attributes (const RaiPanel *panel);
const char *rai_panel_attribute (const RaiPanel *panel, size_t series, size_t attribute);
/* The civil day of a step of a series; steps at and past its length are those to forecast. */
RaiDay rai_panel_day (const RaiPanel *panel, size_t series, size_t step);

/* The columns of one series; writable while the panel is filled, and valid until the next series is
 * added. observations[n]: quantity a step, NAN when unknown. stockout[n]: share of the step without
 * stock, 0..1. closed[n + horizon]: 1 when the site is shut. covariate[n + horizon]: NAN when
 * unknown. */
double *rai_panel_observations (const RaiPanel *panel, size_t series);
float *rai_panel_stockout (const RaiPanel *panel, size_t series);
uint8_t *rai_panel_closed (const RaiPanel *panel, size_t series);
float *rai_panel_covariate (const RaiPanel *panel, size_t series, size_t covariate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiPanel, rai_panel_free)
