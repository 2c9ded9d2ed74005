/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-driver.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define PAUSE_US 100000

static bool
matches (const char *name, const char *wanted) {
  size_t length = strlen (wanted);
  if (name == NULL)
    return false;
  if (wanted[0] == '*')
    return g_str_has_suffix (name, wanted + 1);
  return length > 0 && wanted[length - 1] == '*' ? strncmp (name, wanted, length - 1) == 0
                                                 : strcmp (name, wanted) == 0;
}

/* Objects may vanish while we look: an error is an object that is not there. */
static AtspiAccessible *
search (AtspiAccessible *from, AtspiRole role, const char *name) {
  g_autofree char *own = atspi_accessible_get_name (from, NULL);
  if (atspi_accessible_get_role (from, NULL) == role && matches (own, name))
    return g_object_ref (from);

  int n = atspi_accessible_get_child_count (from, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (from, i, NULL);
    AtspiAccessible *found = child ? search (child, role, name) : NULL;
    if (found != NULL)
      return found;
  }

  return NULL;
}

AtspiAccessible *
rai_driver_find (RaiDriver *driver, AtspiRole role, const char *name) {
  atspi_accessible_clear_cache (driver->application);
  return search (driver->application, role, name);
}

AtspiAccessible *
rai_driver_wait (RaiDriver *driver, AtspiRole role, const char *name) {
  gint64 until = g_get_monotonic_time () + RAI_DRIVER_PATIENCE * G_USEC_PER_SEC;
  while (g_get_monotonic_time () < until) {
    AtspiAccessible *found = rai_driver_find (driver, role, name);
    if (found != NULL)
      return found;
    g_usleep (PAUSE_US);
  }
  g_error ("“%s” did not come", name);
}

static AtspiAccessible *
find_application (GPid pid) {
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  atspi_accessible_clear_cache (desktop);

  int n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
    if (child && (GPid) atspi_accessible_get_process_id (child, NULL) == pid)
      return g_steal_pointer (&child);
  }

  return NULL;
}

RaiDriver *
rai_driver_start (const char *const *argv) {
  RaiDriver *driver = g_new0 (RaiDriver, 1);
  GError *error = NULL;
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &driver->pid,
                 &error);
  g_assert_no_error (error);
  gint64 until = g_get_monotonic_time () + RAI_DRIVER_PATIENCE * G_USEC_PER_SEC;

  while (!driver->application && g_get_monotonic_time () < until) {
    g_usleep (PAUSE_US);
    driver->application = find_application (driver->pid);
  }

  g_assert_nonnull (driver->application);
  g_object_unref (rai_driver_wait (driver, ATSPI_ROLE_FRAME, "RetailAI"));
  return driver;
}

void
rai_driver_stop (RaiDriver *driver) {
  kill (driver->pid, SIGTERM);
  waitpid (driver->pid, NULL, 0);
  g_spawn_close_pid (driver->pid);
  g_object_unref (driver->application);
  g_free (driver);
}

void
rai_driver_press (RaiDriver *driver, const char *button) {
  GError *error = NULL;
  g_autoptr (AtspiAccessible) found = rai_driver_wait (driver, ATSPI_ROLE_PUSH_BUTTON, button);
  atspi_action_do_action (ATSPI_ACTION (found), 0, &error);
  g_assert_no_error (error);
}

void
rai_driver_type (RaiDriver *driver, const char *field, const char *text) {
  GError *error = NULL;
  g_autoptr (AtspiAccessible) found = rai_driver_wait (driver, ATSPI_ROLE_TEXT, field);
  atspi_editable_text_set_text_contents (ATSPI_EDITABLE_TEXT (found), text, &error);
  g_assert_no_error (error);
}

void
rai_driver_select (RaiDriver *driver, const char *list, const char *row) {
  g_autoptr (AtspiAccessible) box = rai_driver_wait (driver, ATSPI_ROLE_LIST, list);
  g_object_unref (rai_driver_wait (driver, ATSPI_ROLE_LIST_ITEM, row));

  int n = atspi_accessible_get_child_count (box, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (box, i, NULL);
    g_autofree char *name = child ? atspi_accessible_get_name (child, NULL) : NULL;
    if (!matches (name, row))
      continue;
    GError *error = NULL;
    atspi_selection_select_child (ATSPI_SELECTION (box), i, &error);
    g_assert_no_error (error);
    return;
  }

  g_error ("“%s” has no row “%s”", list, row);
}
