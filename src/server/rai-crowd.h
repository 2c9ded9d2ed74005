/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* How many are inside at this moment, by key ("uploads", "sockets/account/7", an address). Safe
 * from any thread; keys are there only while somebody is inside. */
typedef struct _RaiCrowd RaiCrowd;

RaiCrowd *rai_crowd_new (void);
void rai_crowd_free (RaiCrowd *crowd);
/* false: `most` are inside already; else one more is, until it leaves. */
bool rai_crowd_enter (RaiCrowd *crowd, const char *key, unsigned most);
void rai_crowd_leave (RaiCrowd *crowd, const char *key);
/* The same until the object ends (a message, a WebSocket). */
bool rai_crowd_enter_for (RaiCrowd *crowd, GObject *object, const char *key, unsigned most);
/* The places of one object become those of another. */
void rai_crowd_pass (GObject *from, GObject *to);
unsigned rai_crowd_count (RaiCrowd *crowd, const char *key);

/* The name of an address for limits: of IPv6 the first 64 bits, for whoever has one address there
 * has them all (RFC 6177). Owned by the caller. */
char *rai_crowd_address (GInetAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCrowd, rai_crowd_free)
