/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-pages.h"

#include "client/pages/rai-alerts-page.h"
#include "client/pages/rai-changes-page.h"
#include "client/pages/rai-dashboard-page.h"
#include "client/pages/rai-forecast-page.h"
#include "client/pages/rai-inventory-page.h"
#include "client/pages/rai-orders-page.h"
#include "client/pages/rai-settings-page.h"

#include <glib/gi18n.h>
#include <string.h>

const RaiPageInfo rai_pages[] = {
  { "dashboard", N_ ("Dashboard"), "rai-dashboard-symbolic", RAI_PERMISSION_NONE,
    RAI_PAGE_GROUP_MAIN, NULL, rai_dashboard_page_get_type },
  { "forecast", N_ ("Forecast"), "rai-forecast-symbolic", RAI_PERMISSION_SEE_RESULTS,
    RAI_PAGE_GROUP_MAIN, NULL, rai_forecast_page_get_type },
  { "inventory", N_ ("Inventory"), "rai-inventory-symbolic", RAI_PERMISSION_SEE_STOCK,
    RAI_PAGE_GROUP_MAIN, NULL, rai_inventory_page_get_type },
  { "orders", N_ ("Orders"), "rai-orders-symbolic", RAI_PERMISSION_ORDER, RAI_PAGE_GROUP_MAIN,
    "orders", rai_orders_page_get_type },
  { "alerts", N_ ("Alerts"), "rai-alerts-symbolic", RAI_PERMISSION_HANDLE_ALERTS,
    RAI_PAGE_GROUP_MAIN, "alerts", rai_alerts_page_get_type },
  { "changes", N_ ("Changes"), "emblem-synchronizing-symbolic", RAI_PERMISSION_NONE,
    RAI_PAGE_GROUP_HIDDEN, NULL, rai_changes_page_get_type },
  { "settings", N_ ("Settings"), "emblem-system-symbolic", RAI_PERMISSION_NONE,
    RAI_PAGE_GROUP_HIDDEN, NULL, rai_settings_page_get_type },
  { NULL },
};

const RaiPageInfo *
rai_page_info_find (const char *id) {
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    if (strcmp (info->id, id) == 0)
      return info;
  }
  return NULL;
}
