/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-role.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

#define BIT(name) (1u << RAI_PERMISSION_##name)

/* THE matrix. People who run shops change them; executives read; administrators look after people,
 * rules and data, and neither order nor touch stock. Who has a shop alone, on a computer of their
 * own, owns it and may all. Receipts are put right by who answers for
 * takings: managers and administrators, not who stands at the till. Associates know the shelf and
 * its prices, and neither takings nor costs: columns of queries and of synced tables name the
 * permission that they need. Where a role may is the account's sites (rai-identity.h), and how far
 * a command reaches is told by its descriptor (command/rai-command.h). */
static const struct {
  const char *id;
  const char *title;
  unsigned permissions;
} roles[RAI_N_ROLES] = {
  [RAI_ROLE_ASSOCIATE] = { "associate", N_ ("Associate"),
                           BIT (NONE) | BIT (SEE_STOCK) | BIT (RECORD_SALES) | BIT (CHANGE_STOCK) },
  [RAI_ROLE_STORE_MANAGER] = { "store_manager", N_ ("Store manager"),
                               BIT (NONE) | BIT (SEE_STOCK) | BIT (SEE_RESULTS) | BIT (SEE_COSTS) |
                                   BIT (RECORD_SALES) | BIT (CORRECT_SALES) | BIT (CHANGE_STOCK) |
                                   BIT (ORDER) | BIT (HANDLE_ALERTS) | BIT (OVERRIDE) |
                                   BIT (EDIT_SITE) },
  [RAI_ROLE_REGIONAL_MANAGER] = { "regional_manager", N_ ("Regional manager"),
                                  BIT (NONE) | BIT (SEE_STOCK) | BIT (SEE_RESULTS) |
                                      BIT (SEE_COSTS) | BIT (RECORD_SALES) | BIT (CORRECT_SALES) |
                                      BIT (CHANGE_STOCK) | BIT (ORDER) | BIT (HANDLE_ALERTS) |
                                      BIT (OVERRIDE) | BIT (EDIT_ITEMS) | BIT (SET_POLICY) |
                                      BIT (EDIT_SITE) },
  [RAI_ROLE_EXECUTIVE] = { "executive", N_ ("Executive"),
                           BIT (NONE) | BIT (SEE_STOCK) | BIT (SEE_RESULTS) | BIT (SEE_COSTS) },
  [RAI_ROLE_ADMIN] = { "admin", N_ ("Administrator"),
                       BIT (NONE) | BIT (SEE_STOCK) | BIT (SEE_RESULTS) | BIT (SEE_COSTS) |
                           BIT (RECORD_SALES) | BIT (CORRECT_SALES) | BIT (EDIT_ITEMS) |
                           BIT (SET_POLICY) | BIT (EDIT_SITE) | BIT (ADMINISTER) },
  [RAI_ROLE_OWNER] = { "owner", N_ ("Owner"), (1u << RAI_N_PERMISSIONS) - 1 },
};

static const char *const permission_ids[RAI_N_PERMISSIONS] = {
  [RAI_PERMISSION_NONE] = "none",
  [RAI_PERMISSION_SEE_STOCK] = "see_stock",
  [RAI_PERMISSION_SEE_RESULTS] = "see_results",
  [RAI_PERMISSION_SEE_COSTS] = "see_costs",
  [RAI_PERMISSION_RECORD_SALES] = "record_sales",
  [RAI_PERMISSION_CORRECT_SALES] = "correct_sales",
  [RAI_PERMISSION_CHANGE_STOCK] = "change_stock",
  [RAI_PERMISSION_ORDER] = "order",
  [RAI_PERMISSION_HANDLE_ALERTS] = "handle_alerts",
  [RAI_PERMISSION_OVERRIDE] = "override",
  [RAI_PERMISSION_EDIT_ITEMS] = "edit_items",
  [RAI_PERMISSION_SET_POLICY] = "set_policy",
  [RAI_PERMISSION_EDIT_SITE] = "edit_site",
  [RAI_PERMISSION_ADMINISTER] = "administer",
};

const char *
rai_role_id (RaiRole role) {
  g_return_val_if_fail (role < RAI_N_ROLES, NULL);
  return roles[role].id;
}

const char *
rai_role_title (RaiRole role) {
  g_return_val_if_fail (role < RAI_N_ROLES, NULL);
  return roles[role].title;
}

bool
rai_role_parse (const char *id, RaiRole *role) {
  size_t place;
  if (!RAI_NAMES_FIND (roles, id, &place))
    return false;
  *role = (RaiRole) place;
  return true;
}

bool
rai_role_may (RaiRole role, RaiPermission permission) {
  g_return_val_if_fail (role < RAI_N_ROLES && permission < RAI_N_PERMISSIONS, false);
  return roles[role].permissions & (1u << permission);
}

const char *
rai_permission_id (RaiPermission permission) {
  g_return_val_if_fail (permission < RAI_N_PERMISSIONS, NULL);
  return permission_ids[permission];
}
