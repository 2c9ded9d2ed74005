/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-made-shop.h"

#include "command/rai-command.h"
#include "planner/rai-planner-forecast.h"
#include "planner/rai-planner-plan.h"
#include "rai-test-retailer.h"
#include "util/rai-uuid.h"

#include <math.h>

#define EVERY_DAY 127
#define OPENS (8 * 3600)

static const char *const zones[] = { "Europe/Berlin", "America/New_York", "Asia/Tokyo",
                                     "Pacific/Auckland", "UTC" };
/* Without Sundays, all days, without Mondays, without Sundays and Wednesdays. */
static const unsigned opening_patterns[] = { 63, EVERY_DAY, 126, 59 };
/* Mondays, Mondays and Thursdays, all days, Tuesdays and Fridays. */
static const unsigned order_patterns[] = { 1, 9, EVERY_DAY, 18 };

static unsigned
one_of (RaiMadeShop *shop, const unsigned *values, unsigned n) {
  return values[rai_random_below (&shop->random, n)];
}

static void
write_catalogue (RaiMadeShop *shop) {
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_append_printf (
      sql,
      "INSERT INTO department (id, name, rev) VALUES (1, 'All', :rev);"
      "INSERT INTO supplier (id, code, name, lead_days, lead_spread, order_weekdays, rev) "
      "VALUES (1, 'SUP', 'Supplier', %d, %.1f, %u, :rev);"
      "INSERT INTO site (id, code, name, zone, rev) VALUES (1, 'S1', 'Site', '%s', :rev);"
      "INSERT INTO calendar_day (site_id, day, closed, holiday, rev) VALUES (1, %d, 1, 'Feast', "
      ":rev);",
      shop->lead_days, shop->lead_spread, shop->order_weekdays, shop->zone_name, shop->holiday);
  for (int i = 0; i < RAI_MADE_ITEMS; i++)
    g_string_append_printf (
        sql,
        "INSERT INTO item (id, sku, name, department_id, supplier_id, pack, price, cost, rev) "
        "VALUES (%d, 'I%d', 'Item %d', 1, 1, %d, 400, 200, :rev);",
        i + 1, i + 1, i + 1, (int) shop->items[i].pack);
  rai_test_retailer_change (shop->db, sql->str);
}

void
rai_made_shop_init (RaiMadeShop *shop, RaiDb *db, uint64_t seed) {
  *shop = (RaiMadeShop){ .seed = seed, .random = rai_random_new (seed, 7), .db = db };
  RaiRandom *random = &shop->random;
  shop->zone_name = zones[rai_random_below (random, G_N_ELEMENTS (zones))];
  shop->zone = g_time_zone_new_identifier (shop->zone_name);
  shop->open_weekdays = one_of (shop, opening_patterns, G_N_ELEMENTS (opening_patterns));
  shop->order_weekdays = one_of (shop, order_patterns, G_N_ELEMENTS (order_patterns));
  shop->lead_days = 1 + (int) rai_random_below (random, 4);
  shop->lead_spread = rai_random_below (random, 3) * 0.5;
  shop->begin = rai_day_from_ymd (2026, 1, 5) + (RaiDay) rai_random_below (random, 200);
  shop->today = shop->begin + RAI_MADE_HISTORY;
  shop->holiday = shop->today + 1 + (RaiDay) rai_random_below (random, 7);
  shop->receipts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < RAI_MADE_ITEMS; i++) {
    RaiMadeItem *item = &shop->items[i];
    /* From one in three days to thirty a day; the last came late. */
    item->daily = i == 0 ? 12 : exp (rai_random_between (random, log (0.3), log (30)));
    item->pack = 1000 * (1 + (int64_t) rai_random_below (random, 6));
    item->first_day = i == RAI_MADE_ITEMS - 1
                          ? shop->today - 20 - (RaiDay) rai_random_below (random, 20)
                          : shop->begin;
  }

  rai_made_shop_set_clock (shop, shop->today, OPENS);
  write_catalogue (shop);
}

void
rai_made_shop_clear (RaiMadeShop *shop) {
  g_ptr_array_unref (shop->receipts);
  g_time_zone_unref (shop->zone);
}

bool
rai_made_shop_is_open (const RaiMadeShop *shop, RaiDay day) {
  return day != shop->holiday && (shop->open_weekdays >> (rai_day_weekday (day) - 1) & 1) != 0;
}

void
rai_made_shop_set_clock (RaiMadeShop *shop, RaiDay day, int second) {
  shop->today = day;
  shop->clock = rai_day_to_ms (day, second, shop->zone);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (shop->clock / 1000);
  g_autofree char *text = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_setenv ("RETAILAI_NOW", text, TRUE);
}

void
rai_made_shop_sell (RaiMadeShop *shop, RaiDay day, int from, int until, double share) {
  if (!rai_made_shop_is_open (shop, day))
    return;

  g_autoptr (GString) lines = g_string_new (NULL);
  for (int i = 0; i < RAI_MADE_ITEMS; i++) {
    RaiMadeItem *item = &shop->items[i];
    if (day < item->first_day)
      continue;
    int pieces = rai_random_negative_binomial (&shop->random, item->daily * share, 20);
    g_assert_cmpint (day - shop->begin, <, RAI_MADE_DAYS);
    item->sold[day - shop->begin] += pieces;
    if (pieces > 0)
      g_string_append_printf (lines, "%s{\"item\":%d,\"quantity\":%d000,\"amount\":%d}",
                              lines->len > 0 ? "," : "", i + 1, pieces, pieces * 400);
  }
  if (lines->len == 0)
    return;

  int second = from + (int) rai_random_below (&shop->random, (uint32_t) (until - from));
  g_ptr_array_add (shop->receipts,
                   g_strdup_printf ("{\"site\":1,\"receipt\":\"R%u\",\"sold_at\":%" G_GINT64_FORMAT
                                    ",\"lines\":[%s]}",
                                    shop->n_receipts++, rai_day_to_ms (day, second, shop->zone),
                                    lines->str));
}

void
rai_made_shop_run (RaiMadeShop *shop, const char *name, const char *arguments) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  char id[RAI_UUID_SIZE];
  const RaiCommandCall call = { rai_uuid_new (id), (char *) name, (char *) arguments, shop->clock,
                                NULL };
  RaiAnswer answer = { 0 };
  rai_command_run_once (shop->db, system, &call, &answer, &error);
  g_assert_no_error (error);
  if (answer.status != RAI_ANSWER_APPLIED)
    g_error ("seed %" G_GUINT64_FORMAT ": %s %s: %s", shop->seed, name, arguments, answer.message);
  rai_answer_clear (&answer);
}

void
rai_made_shop_send (RaiMadeShop *shop, unsigned first, bool shuffled) {
  const unsigned n = shop->receipts->len;
  g_autofree unsigned *order = g_new (unsigned, n);
  RaiRandom random = rai_random_new (shop->seed, 8);
  for (unsigned i = first; i < n; i++)
    order[i] = i;
  for (unsigned i = n; shuffled && i-- > first + 1;) {
    unsigned other = first + rai_random_below (&random, i - first + 1), swap = order[i];
    order[i] = order[other];
    order[other] = swap;
  }
  for (unsigned i = first; i < n; i++)
    rai_made_shop_run (shop, "sales.record", g_ptr_array_index (shop->receipts, order[i]));
}

void
rai_made_shop_plan (RaiMadeShop *shop) {
  g_autoptr (GError) error = NULL;
  const RaiPlannerForecastOptions forecast = { .through = RAI_DAY_NONE,
                                               .model = "weekday",
                                               .threads = 1 };
  const RaiPlannerPlanOptions plan = { .through = RAI_DAY_NONE };
  rai_planner_forecast (shop->db, &forecast, NULL, NULL, &error);
  g_assert_no_error (error);
  rai_planner_plan (shop->db, &plan, NULL, NULL, &error);
  g_assert_no_error (error);
}
