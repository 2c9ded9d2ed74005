/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-keys.h"

typedef struct {
  uint64_t key; /* 0: free */
  int64_t value;
} Slot;

/* Open addressing, at most two thirds full; size is a power of two. */
struct _RaiImportKeys {
  Slot *slots;
  size_t size;
  size_t used;
};

RaiImportKeys *
rai_import_keys_new (void) {
  RaiImportKeys *keys = g_new0 (RaiImportKeys, 1);
  keys->size = 1024;
  keys->slots = g_new0 (Slot, keys->size);
  return keys;
}

void
rai_import_keys_free (RaiImportKeys *keys) {
  if (keys == NULL)
    return;
  g_free (keys->slots);
  g_free (keys);
}

/* MurmurHash3's finalizer: every bit of the key moves every bit of the place. */
static uint64_t
mix (uint64_t key) {
  key = (key ^ key >> 33) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  key = (key ^ key >> 33) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return key ^ key >> 33;
}

static Slot *
find (Slot *slots, size_t size, uint64_t key) {
  size_t at = (size_t) mix (key) & (size - 1);
  while (slots[at].key != 0 && slots[at].key != key)
    at = (at + 1) & (size - 1);
  return &slots[at];
}

static void
grow (RaiImportKeys *keys) {
  size_t size = keys->size * 2;
  Slot *slots = g_new0 (Slot, size);
  for (size_t i = 0; i < keys->size; i++)
    if (keys->slots[i].key != 0)
      *find (slots, size, keys->slots[i].key) = keys->slots[i];
  g_free (keys->slots);
  keys->slots = slots;
  keys->size = size;
}

int64_t *
rai_import_keys_at (RaiImportKeys *keys, uint64_t key, bool *added) {
  g_assert (key != 0);
  if (keys->used * 3 >= keys->size * 2)
    grow (keys);
  Slot *slot = find (keys->slots, keys->size, key);
  *added = slot->key == 0;

  if (*added) {
    slot->key = key;
    keys->used++;
  }

  return &slot->value;
}

bool
rai_import_keys_visit (RaiImportKeys *keys, bool (*visit) (uint64_t key, int64_t value, void *data),
                       void *data) {
  for (size_t i = 0; i < keys->size; i++)
    if (keys->slots[i].key != 0 && !visit (keys->slots[i].key, keys->slots[i].value, data))
      return false;
  return true;
}

bool
rai_import_keys_find (const RaiImportKeys *keys, uint64_t key, int64_t *value) {
  const Slot *slot = find (keys->slots, keys->size, key);
  if (slot->key != 0)
    *value = slot->value;
  return slot->key != 0;
}
