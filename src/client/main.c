/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-stall-log.h"
#include "client/rai-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv) {
  rai_stall_log_set_start ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RAI_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("RetailAI");
  gtk_window_set_default_icon_name (RAI_APPLICATION_ID);

  g_autoptr (RaiApplication) application = rai_application_new ();
  int status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : rai_application_get_status (application);
}
