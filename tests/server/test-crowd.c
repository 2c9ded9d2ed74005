/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-crowd.h"

static void
test_bounded (void) {
  g_autoptr (RaiCrowd) crowd = rai_crowd_new ();

  g_assert_true (rai_crowd_enter (crowd, "a", 2));
  g_assert_true (rai_crowd_enter (crowd, "a", 2));
  g_assert_false (rai_crowd_enter (crowd, "a", 2));
  g_assert_true (rai_crowd_enter (crowd, "b", 2));
  g_assert_cmpuint (rai_crowd_count (crowd, "a"), ==, 2);

  rai_crowd_leave (crowd, "a");
  g_assert_true (rai_crowd_enter (crowd, "a", 2));
  rai_crowd_leave (crowd, "a");
  rai_crowd_leave (crowd, "a");
  g_assert_cmpuint (rai_crowd_count (crowd, "a"), ==, 0);
}

/* A place is left when the message ends, or the WebSocket that it became. */
static void
test_objects (void) {
  g_autoptr (RaiCrowd) crowd = rai_crowd_new ();
  g_autoptr (GObject) message = g_object_new (G_TYPE_OBJECT, NULL);
  GObject *socket = g_object_new (G_TYPE_OBJECT, NULL);

  g_assert_true (rai_crowd_enter_for (crowd, message, "account", 5));
  g_assert_true (rai_crowd_enter_for (crowd, message, "address", 5));
  g_assert_false (rai_crowd_enter_for (crowd, message, "address", 1));

  rai_crowd_pass (message, socket);
  g_clear_object (&message);
  g_assert_cmpuint (rai_crowd_count (crowd, "account"), ==, 1);
  g_object_unref (socket);
  g_assert_cmpuint (rai_crowd_count (crowd, "account"), ==, 0);
  g_assert_cmpuint (rai_crowd_count (crowd, "address"), ==, 0);
}

static void
check_address (const char *text, const char *expected) {
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  g_autofree char *name = rai_crowd_address (address);

  g_assert_cmpstr (name, ==, expected);
}

/* Whoever has one address of an IPv6 network has them all. */
static void
test_addresses (void) {
  check_address ("192.0.2.7", "192.0.2.7");
  check_address ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
  check_address ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64");
  check_address ("2001:db8:1:3::1", "2001:db8:1:3::/64");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crowd/bounded", test_bounded);
  g_test_add_func ("/crowd/objects", test_objects);
  g_test_add_func ("/crowd/addresses", test_addresses);
  return g_test_run ();
}
