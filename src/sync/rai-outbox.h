/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"
#include "sync/rai-sync-wire.h"

/* What the user did, in a file of its own that no snapshot touches: every command until the server
 * answered it, what was refused until the user dealt with it, and what was sent lately. Durable
 * when a function returns. Belongs to the engine's thread.
 *
 *            add          answer: applied         30 days
 *   (user) ------> waiting ----------------> sent --------> gone
 *                  |  ^  |                     |
 *          discard |  |  | answer: refused     | resend: the server was restored
 *                  v  |  v                     v
 *               gone  |  attention           waiting
 *                     +--- retry: a new command */
typedef struct _RaiOutbox RaiOutbox;

/* A damaged file is moved aside, and a new one begun: *aside is then its name, for the user to hear
 * of. */
RaiOutbox *rai_outbox_open (const char *path, char **aside, GError **error);
void rai_outbox_close (RaiOutbox *outbox);

bool
rai_outbox_add (RaiOutbox *outbox, const RaiCommandCall *call, const char *summary, GError **error);
/* The time of this command is this computer's own: nobody knows yet how far its clock is off. */
bool rai_outbox_doubt_time (RaiOutbox *outbox, const char *id, GError **error);
/* Moves the times that are in doubt, once: skew is what the server's clock is ahead, ms. */
bool rai_outbox_correct_times (RaiOutbox *outbox, int64_t skew, GError **error);
/* Those of the entries that are not known here wait to be sent from now on: all, or none on
 * failure. */
bool rai_outbox_take_in (RaiOutbox *outbox, GPtrArray *entries, unsigned *added, GError **error);
/* Up to `limit` commands to send next, oldest first (RaiCommandCall), marked as tried. */
GPtrArray *rai_outbox_next (RaiOutbox *outbox, unsigned limit, GError **error);
/* What a replica at `revision` must show on top of the server's rows: RaiCommandCall, oldest
 * first. */
GPtrArray *rai_outbox_shown (RaiOutbox *outbox, int64_t revision, GError **error);
bool rai_outbox_answer (RaiOutbox *outbox, const char *id, const RaiAnswer *answer, int64_t now,
                        GError **error);
/* All that waits goes to the user with this code and message. */
bool
rai_outbox_refuse_all (RaiOutbox *outbox, const char *code, const char *message, GError **error);
/* All that was sent lately waits again: the server may have lost it. */
bool rai_outbox_resend (RaiOutbox *outbox, GError **error);
/* False without error: it has been sent, and cannot be dropped any more. */
bool rai_outbox_discard (RaiOutbox *outbox, const char *id, GError **error);
RaiCommandCall *rai_outbox_get (RaiOutbox *outbox, const char *id, GError **error);
/* RaiSyncEntry: attention, waiting, and the last fifty sent. */
GPtrArray *rai_outbox_entries (RaiOutbox *outbox, GError **error);
/* All that the server has not taken, waiting and attention, in the order in which it was done. */
GPtrArray *rai_outbox_unanswered (RaiOutbox *outbox, GError **error);
bool rai_outbox_count (RaiOutbox *outbox, unsigned *waiting, unsigned *attention, GError **error);
/* Commands that were sent, and whose answer did not arrive (yet). */
bool rai_outbox_count_tried (RaiOutbox *outbox, int64_t *n, GError **error);
bool rai_outbox_prune (RaiOutbox *outbox, int64_t now, GError **error);

/* What the engine wants to remember between runs. */
char *rai_outbox_get_note (RaiOutbox *outbox, const char *key);
bool rai_outbox_set_note (RaiOutbox *outbox, const char *key, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiOutbox, rai_outbox_close)
