/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-order.h"

#include <glib.h>

static void
life (void) {
  RaiOrderStatus status = RAI_ORDER_PROPOSED;
  g_assert_false (rai_order_status_after (status, RAI_ORDER_RECEIVE, &status));
  g_assert_true (rai_order_status_after (status, RAI_ORDER_EDIT, &status));
  g_assert_true (rai_order_status_after (status, RAI_ORDER_APPROVE, &status));
  g_assert_false (rai_order_status_after (status, RAI_ORDER_APPROVE, &status));
  g_assert_false (rai_order_status_after (status, RAI_ORDER_EDIT, &status));
  g_assert_true (rai_order_status_after (status, RAI_ORDER_REOPEN, &status));
  g_assert_false (rai_order_status_after (status, RAI_ORDER_REOPEN, &status));
  g_assert_true (rai_order_status_after (status, RAI_ORDER_APPROVE, &status));
  g_assert_true (rai_order_status_after (status, RAI_ORDER_RECEIVE, &status));
  g_assert_false (rai_order_status_after (status, RAI_ORDER_CANCEL, &status));
  g_assert_cmpstr (rai_order_status_id (status), ==, "received");
}

static void
names (void) {
  for (int i = 0; i < RAI_N_ORDER_STATUSES; i++) {
    RaiOrderStatus status = RAI_N_ORDER_STATUSES;
    g_assert_true (rai_order_status_parse (rai_order_status_id ((RaiOrderStatus) i), &status));
    g_assert_cmpint (status, ==, i);
  }

  RaiOrderStatus status = RAI_ORDER_APPROVED;
  g_assert_false (rai_order_status_parse ("ordered", &status));
  g_assert_cmpint (status, ==, RAI_ORDER_APPROVED);
  g_assert_cmpstr (rai_order_status_title (status), ==, "Approved");
}

static void
values (void) {
  g_assert_cmpint (rai_order_line_value (12000, 249), ==, 2988);
  g_assert_cmpint (rai_order_line_value (1500, 333), ==, 500);
  g_assert_cmpint (rai_order_line_outstanding (12000, 5000), ==, 7000);
  g_assert_cmpint (rai_order_line_outstanding (12000, 15000), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/order/life", life);
  g_test_add_func ("/core/order/names", names);
  g_test_add_func ("/core/order/values", values);
  return g_test_run ();
}
