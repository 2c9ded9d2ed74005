/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* The command line of the client. */
typedef struct {
  char *data_dir; /* never NULL after rai_options_read */
  char *server;
  char *login;
  char *password; /* from --password-stdin or, for tests, RETAILAI_PASSWORD */
  char *pictures; /* folder; NULL: an ordinary run */
  char *theme;    /* light, dark, NULL: the desktop's */
  char *pages;    /* ids separated by commas; NULL: all */
  char *site;     /* code or name of the store to start with */
  char *stall_log;
  int width, height; /* 0: not given */
  bool version;
} RaiOptions;

/* For g_application_add_main_option_entries. */
extern const GOptionEntry rai_option_entries[];
/* Takes over what GApplication parsed. The error says which option is wrong. */
bool rai_options_read (RaiOptions *options, GVariantDict *parsed, GError **error);
void rai_options_clear (RaiOptions *options);
