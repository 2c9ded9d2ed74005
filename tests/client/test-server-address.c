/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-server-address.h"

#include <glib.h>

static void
test_url (void) {
  static const struct {
    const char *text, *url;
  } cases[] = {
    { "127.0.0.1:8077", "http://127.0.0.1:8077" },
    { " localhost/ ", "http://localhost" },
    { "[::1]:8077", "http://[::1]:8077" },
    { "shop.example.org/retail", "https://shop.example.org/retail" },
    { "shop.example.org:8443//", "https://shop.example.org:8443" },
    { "192.168.1.4:8077", "https://192.168.1.4:8077" },
    { "HTTP://till:8077/", "http://till:8077" },
    { "https://shop.example.org", "https://shop.example.org" },
    { "http://shop.example.org", "http://shop.example.org" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *problem = NULL;
    g_autofree char *url = rai_server_address_url (cases[i].text, &problem);
    g_assert_null (problem);
    g_assert_cmpstr (url, ==, cases[i].url);
  }
}

/* What is wrong is named, and nothing comes back that could be asked. */
static void
test_refused (void) {
  static const struct {
    const char *text, *named;
  } cases[] = {
    { "htps://127.0.0.1:8077", "“htps://”" },
    { "hhtp://shop.example.org", "“hhtp://”" },
    { "ftp://shop.example.org", "“ftp://”" },
    { "://shop.example.org", "“://”" },
    { "https:shop.example.org", "https:shop.example.org" },
    { "https://", "https:" },
    { "my shop", "my shop" },
    { "shop.example.org:port", "shop.example.org:port" },
    { "mia:secret@shop.example.org", "mia:secret@shop.example.org" },
    { "shop.example.org?x=1", "shop.example.org?x=1" },
    { "", "“”" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *problem = NULL;
    g_autofree char *url = rai_server_address_url (cases[i].text, &problem);
    g_assert_null (url);
    g_assert_nonnull (problem);
    g_assert_nonnull (g_strstr_len (problem, -1, cases[i].named));
  }
}

static void
test_open (void) {
  static const struct {
    const char *url;
    bool open;
  } cases[] = {
    { "http://127.0.0.1:8077", false },   { "http://localhost", false },
    { "http://[::1]:80", false },         { "http://192.168.1.4:8077", false },
    { "http://10.0.0.2", false },         { "http://[fd00::4]", false },
    { "http://till:8077", false },        { "http://shop.local", false },
    { "http://shop.example.org", true },  { "http://203.0.113.9:8077", true },
    { "http://[2001:db8::1]", true },     { "https://shop.example.org", false },
    { "http://localhost.example", true }, { "http://172.32.0.1", true },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (rai_server_address_is_open (cases[i].url) == cases[i].open);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/server-address/url", test_url);
  g_test_add_func ("/client/server-address/refused", test_refused);
  g_test_add_func ("/client/server-address/open", test_open);
  return g_test_run ();
}
