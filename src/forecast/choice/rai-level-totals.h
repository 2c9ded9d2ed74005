/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-hierarchy.h"
#include "forecast/panel/rai-history.h"

/* The nodes of a hierarchy as series of their own: sums of the members' demand (filled where a
 * series was closed or out of stock), means of their covariates; of categories and flags of all
 * alike, the last member's that knows. */
RaiPanel *rai_level_totals_new (const RaiHierarchy *hierarchy, const RaiPanel *panel,
                                const RaiHistory *history);
