/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-server-address.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define SEPARATOR "://"
/* RFC 3986 has none of them; GLib lets some pass. */
#define MISPLACED " \t\"<>\\^`{|}"

static bool
is_loopback (const char *host) {
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

/* RFC 4193: fc00::/7. */
static bool
is_unique_local (GInetAddress *address) {
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/* Names that only a network of one's own knows: RFC 6762, RFC 8375, and those without a dot. */
static bool
is_private_name (const char *host) {
  static const char *const endings[] = { ".local", ".lan", ".internal", ".home.arpa" };
  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (host, endings[i]))
      return true;
  return strchr (host, '.') == NULL;
}

static bool
is_private (const char *host) {
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  if (address == NULL)
    return is_private_name (host);
  return g_inet_address_get_is_site_local (address) || g_inet_address_get_is_link_local (address) ||
         is_unique_local (address);
}

static char *
no_address (const char *text) {
  /* Translators: %s is what was entered as a server's address */
  return g_strdup_printf (_ ("“%s” is not the address of a server. It looks like shop.example.com"),
                          text);
}

/* NULL with the problem unless it is a host with what may stand around it: no name, password, query
 * or fragment. */
static GUri *
parse (const char *url, const char *text, char **problem) {
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || strpbrk (url, MISPLACED) != NULL ||
      g_str_has_suffix (url, ":") || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    *problem = no_address (text);
    return NULL;
  }

  return g_steal_pointer (&uri);
}

static char *
strip (const char *text) {
  char *stripped = g_strstrip (g_strdup (text));
  size_t length = strlen (stripped);
  while (length > 0 && stripped[length - 1] == '/')
    stripped[--length] = '\0';
  return stripped;
}

char *
rai_server_address_url (const char *text, char **problem) {
  g_autofree char *stripped = strip (text);
  const char *separator = strstr (stripped, SEPARATOR);
  g_autofree char *scheme =
      separator != NULL ? g_ascii_strdown (stripped, separator - stripped) : NULL;
  const char *rest = separator != NULL ? separator + strlen (SEPARATOR) : stripped;
  *problem = NULL;

  if (scheme != NULL && strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) {
    /* Translators: %s is what stands before "://" in an address */
    *problem = g_strdup_printf (
        _ ("“%s://” is not known here. A server's address begins with https:// or http://"),
        scheme);
    return NULL;
  }

  g_autofree char *url = g_strconcat (scheme != NULL ? scheme : "https", SEPARATOR, rest, NULL);
  g_autoptr (GUri) uri = parse (url, stripped, problem);
  if (uri == NULL)
    return NULL;

  return scheme == NULL && is_loopback (g_uri_get_host (uri))
             ? g_strconcat ("http", SEPARATOR, rest, NULL)
             : g_steal_pointer (&url);
}

bool
rai_server_address_is_open (const char *url) {
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || strcmp (g_uri_get_scheme (uri), "http") != 0)
    return false;
  const char *host = g_uri_get_host (uri);
  return host != NULL && !is_loopback (host) && !is_private (host);
}
