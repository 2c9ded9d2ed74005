/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Passwords: how they are judged, hashed and checked. A stored password is in the modular crypt
 * format
 * ("$argon2id$..."), with "once:" in front when it is a one-time secret that must be replaced at
 * the first sign-in; an empty one lets nobody in. Hashing takes some 40 ms of CPU and 19 MiB: never
 * on a thread that serves requests. */

/* Least length in characters of a password that is the only factor (NIST SP 800-63B-4, 3.1.1.2). */
#define RAI_PASSWORD_LEAST 15
#define RAI_PASSWORD_MOST 256

/* RAI_HTTP_ERROR_WEAK_PASSWORD says why a new password is refused: too short, too long, not text,
 * on the block list, or little more than one of the words that everybody here knows (the login,
 * names of stores). There are no composition rules. words ends with NULL, and may be NULL. */
bool rai_password_check (const char *password, const char *const *words, GError **error);

/* Stored form of a password; once: a one-time secret. NULL with RAI_HTTP_ERROR_UNAVAILABLE when
 * memory is short. */
char *rai_password_hash (const char *password, bool once, GError **error);

/* Takes the same time whether stored is NULL (no such account), empty or a hash. outdated (may be
 * NULL) is set when the password is right and its hash should be made anew with today's
 * parameters. */
bool rai_password_verify (const char *stored, const char *password, bool *outdated);
/* The stored form is a one-time secret. */
bool rai_password_is_once (const char *stored);

/* A random one-time secret of 100 bits that can be read aloud: five groups of four. */
char *rai_password_make_secret (void);
