/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Bytes of a UUID as text, without and with its NUL. */
#define RAI_UUID_LENGTH 36
#define RAI_UUID_SIZE 37

/* A new UUIDv7 (RFC 9562) in lower case: 48 bits of milliseconds, a 12-bit counter that keeps ids
 * of this process in order within a millisecond, 62 random bits. Safe from any thread. Returns
 * buffer[RAI_UUID_SIZE]. */
char *rai_uuid_new (char *buffer);
/* The same for a given moment and 62 bits of the caller's choice: the demo's ids are the same at
 * every run. */
char *rai_uuid_make (char *buffer, int64_t ms, unsigned counter, uint64_t bits);
/* A UUID of any version in its canonical form of 36 characters. */
bool rai_uuid_is_valid (const char *text);
