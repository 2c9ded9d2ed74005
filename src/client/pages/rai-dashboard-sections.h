/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* THE tables of what a dashboard asks for and shows. A new section is a widget in
 * rai-dashboard-page.ui, a fill function, and a row here; a new answer is a name in
 * RAI_DASHBOARD_FOR_EACH_ANSWER and a row here. The test of this file names what is missing. */

/* Where an answer comes from. */
typedef struct {
  const char *query; /* of rai_queries */
  unsigned kinds;    /* RaiDashboardKind: those that have such an answer */
  GHashTable *(*arguments) (const RaiDashboardData *data); /* NULL: none */
} RaiDashboardQuery;

extern const RaiDashboardQuery rai_dashboard_queries[RAI_DASHBOARD_N_SLOTS];

#define RAI_DASHBOARD_MAX_PARTS 4

typedef struct {
  const char *id; /* of the template's child that is shown or hidden as a whole */
  unsigned kinds; /* RaiDashboardKind: those that show it */
  unsigned needs; /* a bit for each RaiDashboardSlot that it is filled from */
  const char
      *parts[RAI_DASHBOARD_MAX_PARTS + 1]; /* template children that it fills; ends with NULL */
  /* Called when all answers have come, and again when one of its own comes with older days. `parts`
   * are the widgets of those names. false: nothing to show, so it is hidden. */
  bool (*fill) (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
  /* Called once all answers were asked for: begins what asks by itself. NULL: nothing. */
  void (*start) (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
} RaiDashboardSection;

/* Ends with a NULL id. */
extern const RaiDashboardSection rai_dashboard_sections[];

/* The answers that a kind of dashboard asks for: a bit for each RaiDashboardSlot. */
unsigned rai_dashboard_needs (RaiDashboardKind kind);
