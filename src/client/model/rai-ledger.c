/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-ledger.h"

typedef struct {
  const RaiRows *movements, *days;
  int movement; /* the newest that is not in the list yet */
  int sales;    /* the same of days; -1: none is left */
  int64_t balance;
  GArray *lines;
} Ledger;

static bool
has_movement (const Ledger *ledger) {
  return (size_t) ledger->movement < rai_rows_count (ledger->movements);
}

static int64_t
value (const Ledger *ledger, int movement, const char *column) {
  return rai_rows_get_int (ledger->movements, (size_t) movement, column);
}

static bool
is_count (const Ledger *ledger, int movement) {
  return !rai_rows_get_is_null (ledger->movements, (size_t) movement, "counted");
}

/* All that was found came with it: nothing was kept before. */
static bool
is_beginning (const Ledger *ledger, int movement) {
  return (size_t) movement + 1 == rai_rows_count (ledger->movements) &&
         is_count (ledger, movement) &&
         value (ledger, movement, "counted") == value (ledger, movement, "quantity");
}

static void
add (Ledger *ledger, RaiDay day, int movement, int64_t quantity) {
  const RaiLedgerLine line = { day, movement, quantity, ledger->balance };
  g_array_append_val (ledger->lines, line);
  ledger->balance -= quantity;
}

static void
add_sold (Ledger *ledger, RaiDay day, int64_t sold) {
  if (sold != 0)
    add (ledger, day, -1, -sold);
}

/* The newest day of which something is left; RAI_DAY_NONE: none is. */
static RaiDay
newest_day (const Ledger *ledger) {
  RaiDay day = RAI_DAY_NONE;
  if (has_movement (ledger))
    day = (RaiDay) value (ledger, ledger->movement, "day");
  if (ledger->sales >= 0)
    day = MAX (day, (RaiDay) rai_rows_get_int (ledger->days, (size_t) ledger->sales, "day"));
  return day;
}

static int64_t
take_sold (Ledger *ledger, RaiDay day) {
  int64_t sold = 0;
  for (;
       ledger->sales >= 0 && rai_rows_get_int (ledger->days, (size_t) ledger->sales, "day") == day;
       ledger->sales--)
    sold += rai_rows_get_int (ledger->days, (size_t) ledger->sales, "quantity");
  return sold;
}

/* The next count of the day, and what moved after it; -1: there is none. */
static int
find_count (const Ledger *ledger, RaiDay day, int64_t *moved) {
  *moved = 0;
  for (int i = ledger->movement;
       (size_t) i < rai_rows_count (ledger->movements) && value (ledger, i, "day") == day; i++) {
    if (is_count (ledger, i))
      return i;
    *moved += value (ledger, i, "quantity");
  }

  return -1;
}

static void
add_movements (Ledger *ledger, RaiDay day, int last) {
  for (; has_movement (ledger) && value (ledger, ledger->movement, "day") == day &&
         (last < 0 || ledger->movement <= last);
       ledger->movement++)
    add (ledger, day, ledger->movement, value (ledger, ledger->movement, "quantity"));
}

/* false: it is where the list begins. */
static bool
add_day (Ledger *ledger, RaiDay day) {
  int64_t sold = take_sold (ledger, day), moved;
  for (int count; (count = find_count (ledger, day, &moved)) >= 0;) {
    const int64_t after = value (ledger, count, "counted") + moved - ledger->balance;
    add_sold (ledger, day, after);
    sold -= after;
    add_movements (ledger, day, count);
    if (is_beginning (ledger, count))
      return false;
  }

  add_sold (ledger, day, sold);
  add_movements (ledger, day, -1);
  return true;
}

GArray *
rai_ledger_lines (const RaiRows *movements, const RaiRows *days, int64_t on_hand, size_t most) {
  Ledger ledger = { .movements = movements, .days = days, .balance = on_hand };
  ledger.sales = (int) rai_rows_count (days) - 1;
  ledger.lines = g_array_new (FALSE, FALSE, sizeof (RaiLedgerLine));

  RaiDay day;
  while (ledger.lines->len < most && (day = newest_day (&ledger)) != RAI_DAY_NONE)
    if (!add_day (&ledger, day))
      break;

  if (ledger.lines->len > most)
    g_array_set_size (ledger.lines, (unsigned) most);
  return ledger.lines;
}
