/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "planner/rai-catalogue.h"

/* A site's days as forecasting needs them, from its calendar and from its own sales: an array entry
 * a day, from `first` on, past and to come. */
typedef struct {
  RaiDay first;
  size_t n;
  size_t n_past;  /* days before the forecast's first */
  size_t n_known; /* of them, up to the newest day with sales: what is later has not come in yet */
  uint8_t *closed;
  uint8_t *opened; /* on which it opens although its weekday is a closing day */
  uint8_t *gap; /* past days without any sales although the site sells nearly every day: nothing is
                   known of them */
  uint8_t *silent; /* past days in the middle of seven without any sales, between others with: they
                      say nothing of weekdays */
  uint8_t *school;
  float *promotion;   /* promotions that hold on the day, site-wide ones count tenfold */
  float *temperature; /* NAN: unknown */
  float *rain;
  const char **holiday; /* "": none */
  const char **event;
  double *revenue;  /* [n_past] minor units */
  double *quantity; /* [n_past] units */
  GStringChunk *texts;
} RaiSiteDays;

/* Days [first, origin) are the past, [origin, origin + horizon) are to come. A weekday on which the
 * site sold nothing for eight weeks is closed, also to come; one that it begins to open on is open
 * from the third on, whatever is said of the site (core/rai-opening.h). Weeks without any sale are
 * not counted: a site that was shut for them opens again on the days that were usual before. What a
 * person says of its opening days counts at once: what was sold before says nothing of the days
 * since, and nothing of those to come. */
RaiSiteDays *rai_site_days_new (RaiDb *db, const RaiCatalogueSite *site, RaiDay first,
                                RaiDay origin, size_t horizon, GError **error);
void rai_site_days_free (RaiSiteDays *days);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSiteDays, rai_site_days_free)
