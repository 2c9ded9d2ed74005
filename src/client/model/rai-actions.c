/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-actions.h"

#include "proto/rai-json.h"

#include <inttypes.h>

static char *
with_note (GString *json, const char *note) {
  if (note && *note) {
    g_string_append (json, ",\"note\":");
    rai_json_append_string (json, note);
  }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

char *
rai_action_stock (int64_t site, int64_t item, int64_t quantity, const char *note) {
  GString *json = g_string_new (NULL);
  g_string_printf (json, "{\"site\":%" PRId64 ",\"item\":%" PRId64 ",\"quantity\":%" PRId64, site, item, quantity);
  return with_note (json, note);
}

char *
rai_action_stock_receive (int64_t site, int64_t item, int64_t quantity, const char *note) {
  GString *json = g_string_new (NULL);
  g_string_printf (json, "{\"site\":%" PRId64 ",\"lines\":[{\"item\":%" PRId64 ",\"quantity\":%" PRId64 "}]", site,
                   item, quantity);
  return with_note (json, note);
}

char *
rai_action_order_approve (const char *order, int64_t version) {
  return g_strdup_printf ("{\"order\":\"%s\",\"version\":%" PRId64 "}", order, version);
}

char *
rai_action_order_edit (const char *order, int64_t version, int64_t item, int64_t quantity) {
  return g_strdup_printf ("{\"order\":\"%s\",\"version\":%" PRId64 ",\"item\":%" PRId64 ",\"quantity\":%" PRId64 "}",
                          order, version, item, quantity);
}

char *
rai_action_alert (const char *alert) {
  return g_strdup_printf ("{\"alert\":\"%s\"}", alert);
}

char *
rai_action_alert_snooze (const char *alert, RaiDay until) {
  char day[11];
  return g_strdup_printf ("{\"alert\":\"%s\",\"until\":\"%s\"}", alert, rai_day_format (until, day));
}
