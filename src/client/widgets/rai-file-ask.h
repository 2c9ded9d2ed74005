/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Asks for a file on this computer with the desktop's own chooser. `chosen` is called once with its
 * path; not at all when the user takes that back, or when the widget is gone by then. Places
 * without a path are refused in words. */
typedef struct {
  const char *title;
  const char *accept; /* the button's label */
  const char *name;   /* proposed for a new file; NULL: an existing one is opened */
} RaiFileQuestion;
typedef void (*RaiFileChosen) (GtkWidget *widget, const char *path, void *data);
void rai_file_ask (GtkWidget *widget, const RaiFileQuestion *question, RaiFileChosen chosen,
                   void *data, GDestroyNotify free);

/* Says why it was not read or written. */
void rai_file_failed (GtkWidget *widget, const char *heading, const char *message);
