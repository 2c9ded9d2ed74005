/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-diagnostics.h"

#include "client/model/rai-token-store.h"
#include "util/rai-clock.h"

#include <inttypes.h>

static const char *
state_name (RaiSyncState state) {
  static const char *const names[] = {
    [RAI_SYNC_STOPPED] = "stopped",
    [RAI_SYNC_FIRST] = "first sync",
    [RAI_SYNC_BUSY] = "busy",
    [RAI_SYNC_ONLINE] = "online",
    [RAI_SYNC_OFFLINE] = "offline",
    [RAI_SYNC_SIGNED_OUT] = "signed out",
    [RAI_SYNC_DISABLED] = "account closed",
    [RAI_SYNC_FAILED] = "failed",
  };

  return state < G_N_ELEMENTS (names) ? names[state] : "?";
}

static void
append_entries (GString *text, RaiSyncEngine *engine) {
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (engine);
  for (unsigned i = 0; i < entries->len; i++) {
    const RaiSyncEntry *entry = g_ptr_array_index (entries, i);
    if (entry->state != RAI_ENTRY_SENT)
      g_string_append_printf (text, "  %s %s %s %s\n", entry->id, entry->name,
                              entry->state == RAI_ENTRY_WAITING ? "waiting" : "refused",
                              entry->code != NULL ? entry->code : "");
  }
}

char *
rai_diagnostics_text (RaiSession *session) {
  const RaiSyncStatus *status = rai_session_get_status (session);
  const RaiIdentity *identity = rai_session_get_identity (session);
  g_autofree char *keyring = rai_token_store_problem ();
  GString *text = g_string_new ("RetailAI " RAI_VERSION "\n");

  g_string_append_printf (text, "server: %s\n", rai_session_get_server (session));
  g_string_append_printf (text, "account: %s, %s\n", rai_session_get_login (session),
                          identity != NULL ? rai_role_id (identity->role) : "none");
  g_string_append_printf (text, "state: %s%s%s\n", state_name (status->state),
                          status->message != NULL ? ": " : "",
                          status->message != NULL ? status->message : "");
  g_string_append_printf (text, "revision: %" PRId64 ", generation %u\n", status->revision,
                          status->generation);
  g_string_append_printf (text, "last sync: %" PRId64 " s ago\n",
                          status->last_sync ? (rai_now_ms () - status->last_sync) / 1000 : -1);
  g_string_append_printf (text, "clock: %" PRId64 " ms behind the server's\n", status->skew);
  g_string_append_printf (text, "keyring: %s\n", keyring != NULL ? keyring : "fine");
  g_string_append_printf (text, "waiting %u, refused %u\n", status->waiting, status->attention);
  if (rai_session_get_engine (session) != NULL)
    append_entries (text, rai_session_get_engine (session));

  return g_string_free (text, FALSE);
}
