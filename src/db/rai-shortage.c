/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage.h"

#define MS_PER_MINUTE INT64_C (60000)
#define WHOLE 1000

static int64_t
minute_of (const RaiShortageHours *hours, RaiDay day, int minute) {
  return minute < RAI_SITE_HOURS_END ? rai_day_to_ms (day, minute * 60, hours->zone)
                                     : rai_day_to_ms (day + 1, 0, hours->zone);
}

static int
compare_sales (const void *a, const void *b) {
  const RaiShortageSale *x = a, *y = b;
  return (x->at > y->at) - (x->at < y->at);
}

/* Sums up to each moment: what was rung up and taken back at once did not happen. */
static int64_t
sum_moments (GArray *sales) {
  RaiShortageSale *list = (RaiShortageSale *) (void *) sales->data;
  int64_t sum = 0;
  unsigned n = 0;
  g_array_sort (sales, compare_sales);
  for (unsigned i = 0; i < sales->len; i++) {
    sum += list[i].quantity;
    n += n == 0 || list[n - 1].at != list[i].at;
    list[n - 1] = (RaiShortageSale){ list[i].at, sum };
  }
  g_array_set_size (sales, n);
  return sum;
}

/* So much was gone at a time as is never less again on that day. */
void
rai_shortage_net (GArray *sales) {
  RaiShortageSale *list = (RaiShortageSale *) (void *) sales->data;
  int64_t sum = sum_moments (sales);
  unsigned n_left = 0;

  const int64_t sign = sum < 0 ? -1 : 1;
  int64_t least = sum * sign;
  for (unsigned i = sales->len; i-- > 0;)
    list[i].quantity = least = CLAMP (list[i].quantity * sign, 0, least);

  sum = 0;
  for (unsigned i = 0; i < sales->len; i++) {
    const RaiShortageSale left = { list[i].at, (list[i].quantity - sum) * sign };
    sum = list[i].quantity;
    if (left.quantity != 0)
      list[n_left++] = left;
  }
  g_array_set_size (sales, n_left);
}

void
rai_shortage_begin (RaiShortage *walk, const RaiShortageHours *hours, RaiDay first, size_t n_days,
                    int64_t level, bool known, RaiDay last_sale) {
  *walk = (RaiShortage){
    .hours = hours,
    .first = first,
    .n_days = n_days,
    .missed = g_new0 (int64_t, MAX (1, n_days)),
    .level = level,
    .since = rai_day_to_ms (first, 0, hours->zone),
    .empty = level <= 0 || !known,
    .wrong = level < 0 || !known,
    .begun = known,
    .last_sale = last_sale,
  };
}

/* The stretch that began at `since` and lasted until then is known to have been one. */
static void
add_stretch (RaiShortage *walk, int64_t until) {
  const RaiShortageHours *hours = walk->hours;
  if (walk->wrong || walk->last_sale == RAI_DAY_NONE)
    return;

  RaiDay day = MAX (walk->first, rai_day_from_ms (walk->since, hours->zone));
  const RaiDay last =
      MIN (walk->first + (RaiDay) walk->n_days - 1, walk->last_sale + RAI_SHORTAGE_DAYS);
  for (; day <= last; day++) {
    const int64_t opens = MAX (walk->since, minute_of (hours, day, hours->opens));
    const int64_t closes = MIN (until, minute_of (hours, day, hours->closes));
    walk->missed[day - walk->first] += MAX (0, closes - opens);
    if (until < minute_of (hours, day, RAI_SITE_HOURS_END))
      break;
  }
}

void
rai_shortage_step (RaiShortage *walk, RaiShortageKind kind, int64_t at, RaiDay day,
                   int64_t change) {
  walk->level += change;
  if (kind == RAI_SHORTAGE_SALE && change < 0)
    walk->last_sale = MAX (walk->last_sale, day);
  walk->begun = walk->begun || kind != RAI_SHORTAGE_SALE;
  if (!walk->begun)
    return;

  const bool empty = walk->level <= 0;
  if (walk->empty && (!empty || kind == RAI_SHORTAGE_COUNT)) {
    add_stretch (walk, at);
    walk->empty = false;
  }
  if (empty && !walk->empty) {
    walk->since = at;
    walk->wrong = false;
  }
  walk->empty = empty;
  walk->wrong = walk->wrong || walk->level < 0;
}

void
rai_shortage_end (RaiShortage *walk) {
  if (walk->empty)
    add_stretch (walk, rai_day_to_ms (walk->first + (RaiDay) walk->n_days, 0, walk->hours->zone));
  walk->empty = false;
}

int
rai_shortage_share (const RaiShortage *walk, RaiDay day) {
  const int64_t missed = walk->missed[day - walk->first];
  if (missed == 0)
    return 0;

  /* Of the hours that the clock has: a day on which it is set has others. */
  const int64_t open = minute_of (walk->hours, day, walk->hours->closes) -
                       minute_of (walk->hours, day, walk->hours->opens);
  const int64_t least = MAX (open, MS_PER_MINUTE);
  return (int) MIN (WHOLE, (missed * WHOLE + least / 2) / least);
}

void
rai_shortage_clear (RaiShortage *walk) {
  g_clear_pointer (&walk->missed, g_free);
}
