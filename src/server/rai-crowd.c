/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-crowd.h"

#include <stdint.h>
#include <string.h>

#define PLACES "retailai-places"

struct _RaiCrowd {
  GMutex lock;
  GHashTable *inside; /* key -> GUINT_TO_POINTER (count) */
};

RaiCrowd *
rai_crowd_new (void) {
  RaiCrowd *crowd = g_new0 (RaiCrowd, 1);

  g_mutex_init (&crowd->lock);
  crowd->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return crowd;
}

void
rai_crowd_free (RaiCrowd *crowd) {
  g_hash_table_unref (crowd->inside);
  g_mutex_clear (&crowd->lock);
  g_free (crowd);
}

bool
rai_crowd_enter (RaiCrowd *crowd, const char *key, unsigned most) {
  g_mutex_lock (&crowd->lock);
  unsigned count = GPOINTER_TO_UINT (g_hash_table_lookup (crowd->inside, key));
  bool enters = count < most;

  if (enters)
    g_hash_table_insert (crowd->inside, g_strdup (key), GUINT_TO_POINTER (count + 1));
  g_mutex_unlock (&crowd->lock);

  return enters;
}

void
rai_crowd_leave (RaiCrowd *crowd, const char *key) {
  g_mutex_lock (&crowd->lock);
  unsigned count = GPOINTER_TO_UINT (g_hash_table_lookup (crowd->inside, key));

  if (count > 1)
    g_hash_table_insert (crowd->inside, g_strdup (key), GUINT_TO_POINTER (count - 1));
  else
    g_hash_table_remove (crowd->inside, key);
  g_mutex_unlock (&crowd->lock);
}

typedef struct {
  RaiCrowd *crowd;
  char *key;
} Place;

static void
place_free (void *data) {
  Place *place = data;

  rai_crowd_leave (place->crowd, place->key);
  g_free (place->key);
  g_free (place);
}

bool
rai_crowd_enter_for (RaiCrowd *crowd, GObject *object, const char *key, unsigned most) {
  GPtrArray *places = g_object_get_data (object, PLACES);

  if (!rai_crowd_enter (crowd, key, most))
    return false;

  if (places == NULL) {
    places = g_ptr_array_new_with_free_func (place_free);
    g_object_set_data_full (object, PLACES, places, (GDestroyNotify) g_ptr_array_unref);
  }

  Place *place = g_new (Place, 1);
  *place = (Place){ .crowd = crowd, .key = g_strdup (key) };
  g_ptr_array_add (places, place);

  return true;
}

void
rai_crowd_pass (GObject *from, GObject *to) {
  GPtrArray *places = g_object_steal_data (from, PLACES);

  if (places != NULL)
    g_object_set_data_full (to, PLACES, places, (GDestroyNotify) g_ptr_array_unref);
}

unsigned
rai_crowd_count (RaiCrowd *crowd, const char *key) {
  g_mutex_lock (&crowd->lock);
  unsigned count = GPOINTER_TO_UINT (g_hash_table_lookup (crowd->inside, key));

  g_mutex_unlock (&crowd->lock);
  return count;
}

char *
rai_crowd_address (GInetAddress *address) {
  size_t size = g_inet_address_get_native_size (address);
  uint8_t bytes[16] = { 0 };

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 || size != sizeof bytes)
    return g_inet_address_to_string (address);

  memcpy (bytes, g_inet_address_to_bytes (address), sizeof bytes / 2);
  g_autoptr (GInetAddress) network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  g_autofree char *text = g_inet_address_to_string (network);

  return g_strconcat (text, "/64", NULL);
}
