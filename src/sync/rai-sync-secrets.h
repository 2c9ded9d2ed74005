/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the program that sync works for keeps secrets. */

/* Secrets of an account on a server, by kind: the token that keeps it signed in, and the proof that
 * this device signed in before, which stays after signing out: so that strangers who try passwords
 * cannot lock it out. */
#define RAI_SECRET_REFRESH_TOKEN "refresh-token"
#define RAI_SECRET_DEVICE_PROOF "device-proof"

/* Where they live (libsecret). Called on the engine's thread, may block. save with NULL forgets
 * one. */
typedef struct {
  char *(*load) (const char *kind, const char *server, const char *login, void *data);
  void (*save) (const char *kind, const char *server, const char *login, const char *secret,
                void *data);
  void *data;
} RaiTokenStore;
