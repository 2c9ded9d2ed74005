/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A table from 64-bit keys (never 0) to 64-bit values, for millions of them: 16 bytes each and no
 * allocation a key. */
typedef struct _RaiImportKeys RaiImportKeys;

RaiImportKeys *rai_import_keys_new (void);
void rai_import_keys_free (RaiImportKeys *keys);
/* The value's place, 0 at first; valid until the next call. *added says whether the key is new. */
int64_t *rai_import_keys_at (RaiImportKeys *keys, uint64_t key, bool *added);
/* Whether the key is there, and its value. */
bool rai_import_keys_find (const RaiImportKeys *keys, uint64_t key, int64_t *value);
/* Calls for each key; order is not defined. Stops and returns false when visit does. */
bool rai_import_keys_visit (RaiImportKeys *keys,
                            bool (*visit) (uint64_t key, int64_t value, void *data), void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportKeys, rai_import_keys_free)
