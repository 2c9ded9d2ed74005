/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-policy-values.h"

#include "core/rai-policy.h"
#include "db/rai-db-run.h"

struct _RaiPolicyValues {
  GHashTable *stored; /* "scope/id/key" -> double * */
};

/* A scope, 20 digits and a key. */
#define NAME_SIZE 128

static char *
write_name (char *buffer, const char *scope, int64_t id, const char *key) {
  g_snprintf (buffer, NAME_SIZE, "%s/%" G_GINT64_FORMAT "/%s", scope, id, key);
  return buffer;
}

static bool
take_row (RaiStatement *row, void *data, GError **error) {
  RaiPolicyValues *values = data;
  const double value = rai_statement_double (row, 3);
  char name[NAME_SIZE];
  write_name (name, rai_statement_text (row, 0), rai_statement_int (row, 1),
              rai_statement_text (row, 2));
  g_hash_table_insert (values->stored, g_strdup (name), g_memdup2 (&value, sizeof value));
  return true;
}

RaiPolicyValues *
rai_policy_values_new (RaiDb *db, const char *key, GError **error) {
  g_autoptr (RaiPolicyValues) values = g_new0 (RaiPolicyValues, 1);
  values->stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  const bool read =
      key != NULL
          ? rai_db_each (db, take_row, values, error,
                         "SELECT scope, scope_id, key, value FROM policy WHERE key = ?1", "t", key)
          : rai_db_each (db, take_row, values, error,
                         "SELECT scope, scope_id, key, value FROM policy", "");
  return read ? g_steal_pointer (&values) : NULL;
}

void
rai_policy_values_free (RaiPolicyValues *values) {
  if (values == NULL)
    return;
  g_hash_table_unref (values->stored);
  g_free (values);
}

double
rai_policy_values_get (const RaiPolicyValues *values, const char *key, int64_t site_id,
                       int64_t department_id, int64_t item_id) {
  const RaiPolicy *policy = rai_policy_find (key);
  const struct {
    RaiPolicyScope scope;
    int64_t id;
  } narrowest_first[] = {
    { RAI_POLICY_ITEM, item_id },
    { RAI_POLICY_DEPARTMENT, department_id },
    { RAI_POLICY_SITE, site_id },
    { RAI_POLICY_COMPANY, 0 },
  };
  char name[NAME_SIZE];
  g_return_val_if_fail (policy != NULL, 0);
  if (g_hash_table_size (values->stored) == 0)
    return policy->fallback;

  for (size_t i = 0; i < G_N_ELEMENTS (narrowest_first); i++) {
    const RaiPolicyScope scope = narrowest_first[i].scope;
    if (narrowest_first[i].id == 0 && scope != RAI_POLICY_COMPANY)
      continue;
    const double *value = g_hash_table_lookup (
        values->stored, write_name (name, rai_policy_scope_id (scope), narrowest_first[i].id, key));
    if (value != NULL)
      return CLAMP (*value, policy->minimum, policy->maximum);
  }

  return policy->fallback;
}
