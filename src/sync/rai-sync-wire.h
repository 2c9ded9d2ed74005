/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"

/* Small JSON shared by both ends: who the caller is, commands, answers. Pure functions. */

#define RAI_SYNC_ERROR rai_sync_error_quark ()
typedef enum {
  RAI_SYNC_ERROR_OFFLINE,      /* no answer from the server: try again later */
  RAI_SYNC_ERROR_SIGNED_OUT,   /* the server wants the user to sign in */
  RAI_SYNC_ERROR_NEW_PASSWORD, /* the secret works once: sign in with a new password beside it */
  RAI_SYNC_ERROR_DISABLED,     /* the account may no longer be used */
  RAI_SYNC_ERROR_REFUSED,      /* the server said no: wrong password, bad request */
  RAI_SYNC_ERROR_TOO_MANY,     /* too many wrong passwords: later, the message says when */
  RAI_SYNC_ERROR_ADDRESS,      /* what answers, if anything can, is no RetailAI server */
  RAI_SYNC_ERROR_DAMAGED,      /* bytes from the other end or from disk that make no sense */
  RAI_SYNC_ERROR_STORAGE,      /* this computer's disk: full, not writable */
  RAI_SYNC_ERROR_NO_ACCOUNT,   /* nothing is stored for this account here */
} RaiSyncError;
GQuark rai_sync_error_quark (void);

#define RAI_SYNC_DISK_FULL \
  "This computer's disk is full. Free some space: RetailAI goes on by itself, and nothing is lost"
/* RAI_SYNC_ERROR_STORAGE: these words when there is no space left, else which file and `reason`. */
GError *rai_sync_write_error (const char *path, bool no_space, const char *reason);

/* Of every answer: the server's time, ms UTC. */
#define RAI_SYNC_TIME_HEADER "X-Time"

/* {"account_id":7,"login":"ada","role":"store_manager","all_sites":false,"sites":[1,2]} */
void rai_sync_append_identity (GString *json, const RaiIdentity *identity);
RaiIdentity *rai_sync_parse_identity (const char *json, GError **error);

/* {"id","name","arguments","acted_at","device"} */
void rai_sync_append_call (GString *json, const RaiCommandCall *call);
/* The body of a push: calls (RaiCommandCall) as a list. */
char *rai_sync_write_calls (RaiCommandCall *const *calls, size_t n);
/* An answer as the server would have given it, for a command that it would not even look at. */
void rai_sync_append_refusal (GString *json, const char *id, const char *message);
/* The list of answers to a push. Elements are RaiSyncAnswer, freed by the array. */
typedef struct {
  char *id;
  RaiAnswer answer;
} RaiSyncAnswer;
GPtrArray *rai_sync_parse_answers (const char *json, size_t length, GError **error);

typedef enum { RAI_ENTRY_WAITING, RAI_ENTRY_ATTENTION, RAI_ENTRY_SENT } RaiSyncEntryState;
/* A command in the outbox, as pages show it. Immutable. */
typedef struct {
  char *id;
  char *name;      /* stock.count */
  char *summary;   /* "Count: Oat milk 1 l, 14 pieces" */
  char *arguments; /* JSON: what the user asked for */
  char *code;      /* attention: conflict, state, forbidden, ... */
  char *message;   /* attention: why, in words */
  char *result;    /* attention: JSON, the other value; may be NULL */
  char *device;    /* where it was done */
  int64_t acted_at;
  RaiSyncEntryState state;
} RaiSyncEntry;
void rai_sync_entry_free (RaiSyncEntry *entry);
