/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage.h"

#define DAY 20500
#define HOUR INT64_C (3600000)

static const RaiShortageHours hours = { NULL, 8 * 60, 20 * 60 };

static int64_t
at (int day, int hour) {
  return rai_day_to_ms (DAY + day, 0, NULL) + hour * HOUR;
}

static void
begin (RaiShortage *walk, int64_t level, size_t n_days) {
  rai_shortage_begin (walk, &hours, DAY, n_days, level, true, DAY - 1);
}

static void
check (const RaiShortage *walk, int day, int want) {
  g_assert_cmpint (rai_shortage_share (walk, DAY + day), ==, want);
}

/* Sold out at 16:00, and nothing came until noon two days later. */
static void
from_the_last_one_to_the_next (void) {
  g_auto (RaiShortage) walk = { 0 };
  begin (&walk, 5000, 4);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 9), DAY, -3000);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 16), DAY, -2000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, at (2, 12), DAY + 2, 9000);
  rai_shortage_end (&walk);
  check (&walk, 0, 333);
  check (&walk, 1, 1000);
  check (&walk, 2, 333);
  check (&walk, 3, 0);
}

/* Hours that nobody is there do not count; two stretches of one day add up. */
static void
hours_only (void) {
  g_auto (RaiShortage) walk = { 0 };
  begin (&walk, 1000, 2);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 8), DAY, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, at (0, 11), DAY, 1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 17), DAY, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, at (1, 7), DAY + 1, 1000);
  rai_shortage_end (&walk);
  check (&walk, 0, 500);
  check (&walk, 1, 0);
}

/* What is sold that the books do not have shows that they are wrong, and were since they said
 * nothing. A count knows better. */
static void
wrong_books (void) {
  g_auto (RaiShortage) walk = { 0 };
  begin (&walk, 1000, 4);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 14), DAY, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (2, 10), DAY + 2, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_COUNT, at (2, 14), DAY + 2, 1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, at (2, 17), DAY + 2, 1000);
  rai_shortage_end (&walk);
  check (&walk, 0, 0);
  check (&walk, 1, 0);
  check (&walk, 2, 250);
  check (&walk, 3, 0);
}

/* The books said three; a count at 10:00 finds none, and nothing is known of before. A count that
 * finds nothing again changes nothing. */
static void
count_of_nothing (void) {
  g_auto (RaiShortage) walk = { 0 };
  begin (&walk, 3000, 2);
  rai_shortage_step (&walk, RAI_SHORTAGE_COUNT, at (0, 10), DAY, -3000);
  rai_shortage_step (&walk, RAI_SHORTAGE_COUNT, at (0, 15), DAY, 0);
  rai_shortage_end (&walk);
  check (&walk, 0, 833);
  check (&walk, 1, 1000);
}

/* Nobody misses for ever what is not carried any more, nor what was never sold; before the first
 * movement the books say nothing. */
static void
bounds (void) {
  g_auto (RaiShortage) walk = { 0 };
  begin (&walk, 1000, 200);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (3, 8), DAY + 3, -1000);
  rai_shortage_end (&walk);
  check (&walk, 3 + RAI_SHORTAGE_DAYS, 1000);
  check (&walk, 4 + RAI_SHORTAGE_DAYS, 0);
  rai_shortage_clear (&walk);

  rai_shortage_begin (&walk, &hours, DAY, 3, 0, true, RAI_DAY_NONE);
  rai_shortage_end (&walk);
  check (&walk, 1, 0);
  rai_shortage_clear (&walk);

  rai_shortage_begin (&walk, &hours, DAY, 3, 0, false, DAY - 1);
  rai_shortage_step (&walk, RAI_SHORTAGE_COUNT, at (1, 8), DAY + 1, 0);
  rai_shortage_end (&walk);
  check (&walk, 0, 0);
  check (&walk, 1, 1000);
}

static void
check_net (const int *hours_and_pieces, size_t n, const char *want) {
  g_autoptr (GArray) sales = g_array_new (FALSE, FALSE, sizeof (RaiShortageSale));
  g_autoptr (GString) found = g_string_new (NULL);
  for (size_t i = 0; i < n; i += 2)
    g_array_append_val (
        sales, ((RaiShortageSale){ at (0, hours_and_pieces[i]), hours_and_pieces[i + 1] }));
  rai_shortage_net (sales);
  for (unsigned i = 0; i < sales->len; i++)
    g_string_append_printf (
        found, "%d:%d ", (int) ((g_array_index (sales, RaiShortageSale, i).at - at (0, 0)) / HOUR),
        (int) g_array_index (sales, RaiShortageSale, i).quantity);
  g_assert_cmpstr (found->str, ==, want);
}
#define CHECK_NET(want, ...) \
  check_net ((const int[]){ __VA_ARGS__ }, sizeof ((const int[]){ __VA_ARGS__ }) / sizeof (int), \
             want)

/* What came back is taken off the last sales before it, else off those behind; of more that came
 * back than was sold, that is left which came first. */
static void
what_came_back (void) {
  CHECK_NET ("10:2 14:2 ", 14, 2, 10, 3, 12, -1);
  CHECK_NET ("9:1 ", 9, 1, 10, 2, 12, -1, 15, -1);
  CHECK_NET ("11:3 ", 9, -2, 10, 1, 11, 4);
  CHECK_NET ("9:-2 ", 9, -2, 11, -1, 12, 1);
  CHECK_NET ("12:-2 ", 10, 1, 12, -3);
  CHECK_NET ("", 10, 4, 13, -4);
  CHECK_NET ("9:-1 ", 9, -1, 13, 2, 13, -2);
  CHECK_NET ("", 0, 0);
}

/* Up to its first movement the books speak of no shelf, also when something came back. */
static void
before_the_first_movement (void) {
  g_auto (RaiShortage) walk = { 0 };
  rai_shortage_begin (&walk, &hours, DAY, 3, 1000, false, DAY - 1);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (0, 9), DAY, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, at (1, 14), DAY + 1, 1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, at (1, 17), DAY + 1, -1000);
  rai_shortage_end (&walk);
  check (&walk, 0, 0);
  check (&walk, 1, 250);
  check (&walk, 2, 1000);
}

/* A night in which the clock is set has an hour more, which is none of the open ones; a shop that
 * closes at midnight closes when the day ends. */
static void
clocks_and_midnight (void) {
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  const RaiShortageHours late = { zone, 0, RAI_SITE_HOURS_END };
  const RaiDay day = rai_day_from_ymd (2025, 10, 26);
  g_auto (RaiShortage) walk = { 0 };
  rai_shortage_begin (&walk, &late, day, 2, 1000, true, day);
  rai_shortage_step (&walk, RAI_SHORTAGE_SALE, rai_day_to_ms (day, 12 * 3600, zone), day, -1000);
  rai_shortage_step (&walk, RAI_SHORTAGE_MOVE, rai_day_to_ms (day + 1, 12 * 3600, zone), day + 1,
                     1000);
  rai_shortage_end (&walk);
  g_assert_cmpint (rai_shortage_share (&walk, day), ==, 480);
  g_assert_cmpint (rai_shortage_share (&walk, day + 1), ==, 500);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/shortage/from-the-last-one-to-the-next", from_the_last_one_to_the_next);
  g_test_add_func ("/db/shortage/hours-only", hours_only);
  g_test_add_func ("/db/shortage/wrong-books", wrong_books);
  g_test_add_func ("/db/shortage/count-of-nothing", count_of_nothing);
  g_test_add_func ("/db/shortage/bounds", bounds);
  g_test_add_func ("/db/shortage/what-came-back", what_came_back);
  g_test_add_func ("/db/shortage/before-the-first-movement", before_the_first_movement);
  g_test_add_func ("/db/shortage/clocks-and-midnight", clocks_and_midnight);
  return g_test_run ();
}
