/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Values of rules (core/rai-policy.h) as they are stored, read once: THE definition of which holds.
 * Immutable, any thread. */
typedef struct _RaiPolicyValues RaiPolicyValues;

/* Of one rule; key NULL: of all. */
RaiPolicyValues *rai_policy_values_new (RaiDb *db, const char *key, GError **error);
void rai_policy_values_free (RaiPolicyValues *values);

/* What holds for an item of a site: the item's own, else its department's, the site's, the
 * company's, the default; within the rule's bounds. Pass 0 for what is not asked about. */
double rai_policy_values_get (const RaiPolicyValues *values, const char *key, int64_t site_id,
                              int64_t department_id, int64_t item_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiPolicyValues, rai_policy_values_free)
