/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Access tokens (JWT, HS256 and nothing else) and refresh tokens (opaque, 256 random bits).
 * Pure functions, safe from any thread. Times are seconds since the epoch by the real clock. */

#define RAI_TOKEN_KEY_SIZE 32

typedef struct {
  uint8_t key[RAI_TOKEN_KEY_SIZE];
  char *issuer; /* the server's id */
} RaiTokenKey;

typedef struct {
  int64_t account_id;
  char family[37]; /* the sign-in it belongs to */
  int64_t expires_at;
} RaiTokenClaims;

char *rai_token_issue (const RaiTokenKey *key, const RaiTokenClaims *claims, int64_t now);
/* RAI_HTTP_ERROR_UNAUTHENTICATED unless signature, algorithm, type, issuer, audience and times are
 * right. */
bool rai_token_verify (const RaiTokenKey *key, const char *token, int64_t now,
                       RaiTokenClaims *claims, GError **error);

char *rai_token_new_refresh (void);
/* The successor that one device gets for one refresh token, however often it asks. */
char *rai_token_next_refresh (const RaiTokenKey *key, const char *refresh, const char *device);
/* What is stored of a refresh token: its SHA-256 in hex. */
char *rai_token_hash (const char *refresh);
