/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-delivery.h"

#define MONDAY 1
#define THURSDAY 8

static void
check (RaiDelivery delivery, const char *order, const char *arrives, const char *next_order,
       const char *next_arrives) {
  char text[11];
  g_assert_cmpstr (rai_day_format (delivery.order_day, text), ==, order);
  g_assert_cmpstr (rai_day_format (delivery.delivery_day, text), ==, arrives);
  g_assert_cmpstr (rai_day_format (delivery.next_order_day, text), ==, next_order);
  g_assert_cmpstr (rai_day_format (delivery.next_delivery_day, text), ==, next_arrives);
}

static void
test_weekdays (void) {
  RaiDay tuesday = rai_day_parse ("2026-03-03", -1);
  check (rai_delivery_find (tuesday, MONDAY | THURSDAY, 2, 1, NULL, 0), "2026-03-05", "2026-03-07",
         "2026-03-09", "2026-03-11");
  check (rai_delivery_find (tuesday, MONDAY, 0, 1, NULL, 0), "2026-03-09", "2026-03-09",
         "2026-03-16", "2026-03-16");
  check (rai_delivery_find (tuesday, 127, 1, 1, NULL, 0), "2026-03-03", "2026-03-04", "2026-03-04",
         "2026-03-05");

  /* No weekday at all and a lead time below zero are read as any day and none. */
  check (rai_delivery_find (tuesday, 0, -4, 1, NULL, 0), "2026-03-03", "2026-03-03", "2026-03-04",
         "2026-03-04");
}

static void
test_closed (void) {
  RaiDay friday = rai_day_parse ("2026-03-06", -1);
  /* Closed on Sunday the 8th: Friday's order arrives on Monday, and so would Saturday's; the next
   * chance is Tuesday. */
  const uint8_t closed[7] = { 0, 0, 1 };
  check (rai_delivery_find (friday, 127, 2, 1, closed, 7), "2026-03-06", "2026-03-09", "2026-03-08",
         "2026-03-10");
}

/* Whoever orders at most every ten days orders on an order day after them. */
static void
test_review (void) {
  RaiDay monday = rai_day_parse ("2026-03-02", -1);
  check (rai_delivery_find (monday, MONDAY | THURSDAY, 2, 10, NULL, 0), "2026-03-02", "2026-03-04",
         "2026-03-12", "2026-03-14");
}

/* Two deviations of the lead time are waited for, not more. */
static void
test_overdue (void) {
  g_assert_false (rai_delivery_is_overdue (100, 99, 0));
  g_assert_false (rai_delivery_is_overdue (100, 100, 0));
  g_assert_true (rai_delivery_is_overdue (100, 101, 0));
  g_assert_false (rai_delivery_is_overdue (100, 103, 1.5));
  g_assert_true (rai_delivery_is_overdue (100, 104, 1.5));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delivery/weekdays", test_weekdays);
  g_test_add_func ("/delivery/closed", test_closed);
  g_test_add_func ("/delivery/review", test_review);
  g_test_add_func ("/delivery/overdue", test_overdue);
  return g_test_run ();
}
