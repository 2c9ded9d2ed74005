/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-token.h"

/* Proof that a device has signed in to an account before: a text that it gets with each sign-in and
 * keeps with its other secrets. It lets nobody in; it only says that this is no stranger, so that
 * strangers who try passwords cannot lock the device out. It holds for half a year, and until the
 * account's password changes. Pure functions, safe from any thread; times are seconds since the
 * epoch by the real clock. */

/* Room for the name of a device, made of its proof. */
#define RAI_DEVICE_NAME_SIZE 33

/* stored: the account's password as it is stored. Owned by the caller. */
char *
rai_device_issue (const RaiTokenKey *key, int64_t account_id, const char *stored, int64_t now);
/* Whether a proof was issued here for this account and still holds; name is then filled. */
bool rai_device_verify (const RaiTokenKey *key, int64_t account_id, const char *stored,
                        const char *proof, int64_t now, char name[RAI_DEVICE_NAME_SIZE]);
