/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* The value of a rule (core/rai-policy.h) that holds for an item of a site: the item's, else its
 * department's, the site's, the company's, the default. Pass 0 for what is not asked about. */
bool rai_policy_value (RaiDb *db, const char *key, int64_t site_id, int64_t department_id,
                       int64_t item_id, double *value, GError **error);
