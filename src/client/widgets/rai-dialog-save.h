/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* How every dialog saves what a person typed: it stays until the answer is there, then closes with
 * a toast on the window behind it, or says why it was not saved and keeps what was typed. It does
 * not need the page that opened it: that may be gone, because a role was changed meanwhile. Who
 * closes the dialog before the answer hears of it in a toast. */
typedef struct {
  RaiSession *session;
  GtkWindow *dialog;
  GtkWidget *save;   /* its button: insensitive while the answer is on its way */
  GtkLabel *problem; /* why it was not saved; not visible otherwise */
} RaiDialogSave;

/* Copies what it needs. arguments: JSON. done: for the toast. */
void rai_dialog_save (const RaiDialogSave *save, const char *command, const char *arguments,
                      const char *done);

/* What a dialog does in several commands, run in their order; the first refusal is the end. */
GPtrArray *rai_dialog_deeds_new (void);
/* Takes arguments. */
void rai_dialog_deeds_add (GPtrArray *deeds, const char *command, char *arguments);
/* The toast offers to run `undo`. Takes both. */
void rai_dialog_save_all (const RaiDialogSave *save, GPtrArray *deeds, GPtrArray *undo,
                          const char *done);
