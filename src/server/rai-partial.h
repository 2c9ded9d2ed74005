/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A file that is being made: "PATH.partial", for its owner only, which one process at a time writes
 * (a lock; what a killed one left is taken over). It gets its name when it is whole, and never
 * takes the place of another file. */
typedef struct {
  char *path;    /* that it is to have */
  char *partial; /* that it has meanwhile */
  int fd;        /* holds the lock */
} RaiPartial;

/* Empty. Fails when another process makes the same file. */
RaiPartial *rai_partial_open (const char *path, GError **error);
/* Fails when something is at path already. */
bool rai_partial_keep (RaiPartial *file, GError **error);
/* Removes what did not get its name. */
void rai_partial_free (RaiPartial *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiPartial, rai_partial_free)
