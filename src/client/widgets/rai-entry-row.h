/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-wire.h"

#include <adwaita.h>

/* A change that the server refused: why, what the user did, what the server has, who and when; done
 * again as it was, done again with another quantity, looked at where it belongs, or discarded.
 * Signals: "again" (id, arguments as JSON), "look" (page, target), "discard" (id). */
#define RAI_TYPE_ENTRY_ROW (rai_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiEntryRow, rai_entry_row, RAI, ENTRY_ROW, AdwPreferencesRow)

/* login: who acted. */
GtkWidget *rai_entry_row_new (const RaiSyncEntry *entry, const char *login);
/* The server's side in words; NULL: unknown. */
void rai_entry_row_set_theirs (RaiEntryRow *row, const char *text);
/* The order that it is about, or NULL. */
const char *rai_entry_row_get_order (RaiEntryRow *row);
