/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-anchor.h"

#include <glib.h>

typedef struct {
  int year, month, day, years;
  int then_year, then_month, then_day;
} Case;

/* Dates of Easter: 2013-03-31, 2014-04-20, 2015-04-05, 2016-03-27; of Thanksgiving: 2012-11-22,
 * 2013-11-28. */
static const Case cases[] = {
  { 2015, 7, 1, 1, 2014, 7, 2 },  /* an ordinary Wednesday */
  { 2015, 7, 1, 2, 2013, 7, 3 },  /* two years */
  { 2015, 4, 3, 1, 2014, 4, 18 }, /* Good Friday */
  { 2015, 4, 6, 2, 2013, 4, 1 },  /* Easter Monday */
  { 2015, 4, 20, 1, 2014, 5,
    5 }, /* 364 days before was Easter Monday: the first week after Easter has passed */
  { 2013, 11, 29, 1, 2012, 11, 23 }, /* Black Friday */
  { 2013, 11, 21, 1, 2012, 11,
    15 }, /* a week before Thanksgiving: 364 days before was Thanksgiving itself */
  { 2016, 2, 29, 1, 2015, 3, 2 }, /* a leap day */
  { 2017, 1, 1, 1, 2016, 1, 3 },
};

static void
test_years_back (void) {
  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    const Case *c = &cases[k];
    RaiDay day = rai_day_from_ymd (c->year, c->month, c->day);
    int year, month, mday, back = rai_anchor_years_back (day, c->years);
    rai_day_to_ymd (day - back, &year, &month, &mday);
    g_test_message ("%d-%02d-%02d", c->year, c->month, c->day);
    g_assert_cmpint (year, ==, c->then_year);
    g_assert_cmpint (month, ==, c->then_month);
    g_assert_cmpint (mday, ==, c->then_day);
  }
}

/* Whatever the day, it is a weekday like it, about as many years ago. */
static void
test_bounds (void) {
  for (RaiDay day = rai_day_from_ymd (1990, 1, 1); day < rai_day_from_ymd (2060, 1, 1); day++)
    for (int years = 1; years <= 3; years++) {
      int back = rai_anchor_years_back (day, years);
      g_assert_cmpint (back % 7, ==, 0);
      g_assert_cmpint (ABS (back - 365 * years), <=, 42);
    }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchor/years-back", test_years_back);
  g_test_add_func ("/anchor/bounds", test_bounds);
  return g_test_run ();
}
