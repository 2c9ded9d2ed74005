/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-changes-file.h"

#include "client/widgets/rai-file-ask.h"

#include <glib/gi18n.h>

typedef struct {
  RaiPage *page;
  RaiChangesSaved saved;
} Save;

static void
saved_cb (GObject *engine, GAsyncResult *result, void *data) {
  g_autofree Save *save = data;
  g_autoptr (RaiPage) page = save->page;
  g_autoptr (GError) error = NULL;

  int n = rai_sync_engine_count_finish (RAI_SYNC_ENGINE (engine), result, &error);
  if (n < 0) {
    rai_file_failed (GTK_WIDGET (page), _ ("The changes were not saved"), error->message);
    return;
  }

  g_autofree char *text =
      g_strdup_printf (ngettext ("%d change saved", "%d changes saved", (unsigned long) n), n);
  rai_page_toast (page, text);
  if (save->saved != NULL)
    save->saved (page);
}

void
rai_changes_file_save (RaiPage *page, const char *path, RaiChangesSaved saved) {
  RaiSyncEngine *engine = rai_session_get_engine (rai_page_get_session (page));
  if (engine == NULL)
    return;
  Save *save = g_new0 (Save, 1);
  *save = (Save){ g_object_ref (page), saved };
  rai_sync_engine_save_work_async (engine, path, saved_cb, save);
}

static void
save_chosen_cb (GtkWidget *page, const char *path, void *saved) {
  rai_changes_file_save (RAI_PAGE (page), path, *(RaiChangesSaved *) saved);
}

void
rai_changes_file_ask_save (RaiPage *page, RaiChangesSaved saved) {
  char day[11];
  const char *login = rai_session_get_login (rai_page_get_session (page));
  rai_day_format (rai_session_get_today (rai_page_get_session (page)), day);
  /* Translators: the proposed name of a file; a person's name and a day */
  g_autofree char *name =
      g_strdup_printf (_ ("Changes of %s, %s.json"), login != NULL ? login : "", day);
  const RaiFileQuestion question = { _ ("Save changes"), _ ("Save"), name };
  rai_file_ask (GTK_WIDGET (page), &question, save_chosen_cb, g_memdup2 (&saved, sizeof saved),
                g_free);
}

static void
taken_in_cb (GObject *engine, GAsyncResult *result, void *data) {
  g_autoptr (RaiPage) page = data;
  g_autoptr (GError) error = NULL;

  int n = rai_sync_engine_count_finish (RAI_SYNC_ENGINE (engine), result, &error);
  if (n < 0) {
    rai_file_failed (GTK_WIDGET (page), _ ("The file was not taken in"), error->message);
    return;
  }

  g_autofree char *text =
      n > 0 ? g_strdup_printf (
                  ngettext ("%d change taken in", "%d changes taken in", (unsigned long) n), n)
            : g_strdup (_ ("All of these changes were known here already"));

  rai_page_toast (page, text);
}

void
rai_changes_file_take_in (RaiPage *page, const char *path) {
  RaiSyncEngine *engine = rai_session_get_engine (rai_page_get_session (page));
  if (engine != NULL)
    rai_sync_engine_take_in_async (engine, path, taken_in_cb, g_object_ref (page));
}

static void
take_in_chosen_cb (GtkWidget *page, const char *path, void *data) {
  rai_changes_file_take_in (RAI_PAGE (page), path);
}

void
rai_changes_file_ask_take_in (RaiPage *page) {
  const RaiFileQuestion question = { _ ("Take in saved changes"), _ ("Take in"), NULL };
  rai_file_ask (GTK_WIDGET (page), &question, take_in_chosen_cb, NULL, NULL);
}
