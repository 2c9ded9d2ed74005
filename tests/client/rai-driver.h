/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <stdbool.h>

/* Drives the real program as a screen reader would: over the accessibility bus. Everything waits
 * for what it looks for (up to RAI_DRIVER_PATIENCE seconds) and ends the test when it does not
 * come. */
#define RAI_DRIVER_PATIENCE 60

typedef struct {
  GPid pid;
  AtspiAccessible *application;
} RaiDriver;

/* Starts PROGRAM ARGUMENT... NULL and waits for its window. */
RaiDriver *rai_driver_start (const char *const *argv);
/* SIGTERM, and waits for the end. */
void rai_driver_stop (RaiDriver *driver);

/* The first object of a role whose name is `name`; "Synced *" is a beginning, "*Sign in" an end.
 * Owned by the
 * caller. */
AtspiAccessible *rai_driver_wait (RaiDriver *driver, AtspiRole role, const char *name);
/* Now, without waiting; NULL when there is none. */
AtspiAccessible *rai_driver_find (RaiDriver *driver, AtspiRole role, const char *name);

void rai_driver_press (RaiDriver *driver, const char *button);
void rai_driver_type (RaiDriver *driver, const char *field, const char *text);
/* Selects a row of a list by its name. */
void rai_driver_select (RaiDriver *driver, const char *list, const char *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
