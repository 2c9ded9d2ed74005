/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-anchor.h"

#include <glib.h>

/* Days that move through the calendar, and how many days before and after them sell unlike other
 * days of that time of the year. */
static const struct {
  RaiDay (*date) (int year);
  int before, after;
} anchors[] = {
  { rai_day_easter, 10, 8 },
  { rai_anchor_thanksgiving, 4, 3 },
};

RaiDay
rai_anchor_thanksgiving (int year) {
  RaiDay first = rai_day_from_ymd (year, 11, 1);
  return first + (4 - rai_day_weekday (first) + 7) % 7 + 21;
}

RaiDay
rai_anchor_christmas (int year) {
  return rai_day_from_ymd (year, 12, 25);
}

int
rai_anchor_years_back (RaiDay day, int years) {
  int year, month, mday, back = 364 * years;
  rai_day_to_ymd (day, &year, &month, &mday);
  for (size_t k = 0; k < G_N_ELEMENTS (anchors); k++) {
    RaiDay then = anchors[k].date (year - years);
    int away = day - anchors[k].date (year), landed = day - back - then;
    if (-away <= anchors[k].before && away <= anchors[k].after)
      return day - then - away;
    if (-landed > anchors[k].before || landed > anchors[k].after)
      continue;
    while (landed <= 0 && -landed <= anchors[k].before) { /* a week earlier */
      back += 7;
      landed -= 7;
    }
    while (landed > 0 && landed <= anchors[k].after) { /* a week later */
      back -= 7;
      landed += 7;
    }
  }

  return back;
}
