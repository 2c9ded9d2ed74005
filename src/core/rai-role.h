/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Who may do what. Roles, permissions and their matrix are one table in rai-role.c, used by the
 * server, the command line and the client alike. A role says what; the account's sites say
 * where. */
typedef enum {
  RAI_ROLE_ASSOCIATE,
  RAI_ROLE_STORE_MANAGER,
  RAI_ROLE_REGIONAL_MANAGER,
  RAI_ROLE_EXECUTIVE,
  RAI_ROLE_ADMIN,
  RAI_ROLE_OWNER, /* of one's own computer: made with its database, and nowhere else */
  RAI_N_ROLES,
} RaiRole;

typedef enum {
  RAI_PERMISSION_NONE,          /* any signed-in account */
  RAI_PERMISSION_SEE_STOCK,     /* items, stock, movements */
  RAI_PERMISSION_SEE_RESULTS,   /* revenue, margin, forecasts, accuracy */
  RAI_PERMISSION_SEE_COSTS,     /* purchase prices, and what is reckoned with them */
  RAI_PERMISSION_RECORD_SALES,  /* tills and imports */
  RAI_PERMISSION_CORRECT_SALES, /* receipts set aside, receipts taken back */
  RAI_PERMISSION_CHANGE_STOCK,  /* count, receive, waste */
  RAI_PERMISSION_ORDER,         /* edit and approve orders */
  RAI_PERMISSION_HANDLE_ALERTS, /* acknowledge, snooze, resolve */
  RAI_PERMISSION_OVERRIDE,      /* override a forecast */
  RAI_PERMISSION_EDIT_ITEMS,
  RAI_PERMISSION_SET_POLICY,
  RAI_PERMISSION_EDIT_SITE,  /* when a store opens; the rest of it also needs ADMINISTER */
  RAI_PERMISSION_ADMINISTER, /* accounts, jobs, audit */
  RAI_N_PERMISSIONS,
} RaiPermission;

/* "store_manager"; the id used in the database, on the wire and on the command line. */
const char *rai_role_id (RaiRole role);
/* "Store manager", untranslated; the client passes it through gettext. */
const char *rai_role_title (RaiRole role);
/* false when the text names no role. */
bool rai_role_parse (const char *id, RaiRole *role);
bool rai_role_may (RaiRole role, RaiPermission permission);
const char *rai_permission_id (RaiPermission permission);
