/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-policy-value.h"

#include "core/rai-policy.h"
#include "db/rai-db-run.h"

/* ?2 site, ?3 department, ?4 item: 0 is none. */
static const char narrowest[] =
    "SELECT value FROM policy"
    " WHERE key = ?1 AND ((scope = 'item' AND scope_id = ?4 AND ?4 <> 0)"
    " OR (scope = 'department' AND scope_id = ?3 AND ?3 <> 0)"
    " OR (scope = 'site' AND scope_id = ?2 AND ?2 <> 0)"
    " OR scope = 'company')"
    " ORDER BY CASE scope WHEN 'item' THEN 1 WHEN 'department' THEN 2 WHEN 'site' THEN 3 ELSE 4 END"
    " LIMIT 1";

bool
rai_policy_value (RaiDb *db, const char *key, int64_t site_id, int64_t department_id,
                  int64_t item_id, double *value, GError **error) {
  const RaiPolicy *policy = rai_policy_find (key);
  g_return_val_if_fail (policy, false);

  *value = policy->fallback;
  return rai_db_row (db, error, narrowest, "tiii>d", key, site_id, department_id, item_id, value) !=
         RAI_STEP_FAILED;
}
