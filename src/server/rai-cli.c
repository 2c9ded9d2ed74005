/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli.h"

#include "server/rai-program.h"
#include "util/rai-progress.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PROGRAM "retailai-server"

GQuark
rai_cli_error_quark (void) {
  return g_quark_from_static_string ("rai-cli-error");
}

static char *option_db;
static gboolean option_quiet;
static gboolean option_version;

static const GOptionEntry global_options[] = {
  { "db", 0, 0, G_OPTION_ARG_STRING, &option_db, "The database: sqlite:PATH or postgresql://...",
    "URL" },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &option_quiet, "No progress bars and no remarks", NULL },
  { NULL },
};

static const GOptionEntry program_options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, &option_version, "Print the version", NULL },
  { NULL },
};

/* sqlite:$XDG_DATA_HOME/retailai-server/retailai.db, unless RETAILAI_DB says otherwise. */
static char *
default_url (void) {
  const char *url = g_getenv ("RETAILAI_DB");
  if (url != NULL && *url)
    return g_strdup (url);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), PROGRAM, "retailai.db", NULL);
  return g_strconcat ("sqlite:", path, NULL);
}

static char *
list_commands (void) {
  GString *text = g_string_new ("Commands:\n");
  for (int i = 0; rai_cli_commands[i]; i++)
    g_string_append_printf (text, "  %-12s %s\n", rai_cli_commands[i]->name,
                            rai_cli_commands[i]->title);

  g_string_append (
      text,
      "\nTry `" PROGRAM " COMMAND --help' for one command's options.\n"
      "The database is --db, else the environment's RETAILAI_DB, else a SQLite file in the user's "
      "data folder.");

  return g_string_free (text, FALSE);
}

static GOptionContext *
program_context (void) {
  GOptionContext *context = g_option_context_new ("COMMAND [OPTION…] [ARGUMENT…]");
  g_autofree char *commands = list_commands ();

  g_option_context_add_main_entries (context, global_options, NULL);
  g_option_context_add_main_entries (context, program_options, NULL);
  g_option_context_set_summary (
      context, "The backend of RetailAI: database, import, planning and the web service.");
  g_option_context_set_description (context, commands);
  g_option_context_set_strict_posix (context, TRUE);

  return context;
}

static GOptionContext *
command_context (const RaiCliCommand *command) {
  GOptionContext *context = g_option_context_new (command->arguments);

  g_option_context_add_main_entries (context, global_options, NULL);
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, NULL);
  g_option_context_set_summary (context, command->title);
  g_option_context_set_description (context, command->help);
  return context;
}

static const RaiCliCommand *
find_command (const char *name) {
  for (int i = 0; rai_cli_commands[i]; i++)
    if (strcmp (rai_cli_commands[i]->name, name) == 0)
      return rai_cli_commands[i];
  return NULL;
}

static int
report (const char *command, const GError *error) {
  bool usage = error->domain == G_OPTION_ERROR ||
               g_error_matches (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE) ||
               g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_URL);
  /* It may quote what stands in a damaged file. */
  g_autofree char *message = rai_program_printable (error->message, strlen (error->message));

  g_printerr (PROGRAM "%s%s: %s\n", command != NULL ? " " : "", command != NULL ? command : "",
              message);
  if (usage)
    g_printerr ("Try `" PROGRAM "%s%s --help'.\n", command != NULL ? " " : "",
                command != NULL ? command : "");
  return usage ? 2 : 1;
}

static int
run_command (const RaiCliCommand *command, char **argv) {
  g_autoptr (GOptionContext) context = command_context (command);
  g_autoptr (GError) error = NULL;

  /* The first word is taken for the program's name in the usage line. */
  g_auto (GStrv) arguments = g_strdupv (argv);

  g_autofree char *name = g_strconcat (PROGRAM " ", command->name, NULL);
  g_set_prgname (name);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    return report (command->name, error);
  if (command->arguments == NULL && arguments[1] != NULL) {
    g_set_error (&error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "“%s” is one argument too many",
                 arguments[1]);
    return report (command->name, error);
  }

  g_autofree char *fallback = default_url ();
  RaiCli cli = { .url = option_db != NULL ? option_db : fallback, .quiet = option_quiet };
  rai_progress_set_quiet (option_quiet);

  if (!command->run (&cli, arguments + 1, &error)) {
    if (error == NULL)
      g_set_error_literal (&error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "failed");
    return report (command->name, error);
  }

  return cli.status;
}

int
rai_cli_main (int argc, char **argv) {
  setlocale (LC_ALL, "");
  /* Databases, snapshots and backups hold password hashes: for their owner only. */
  umask (077);
  g_set_prgname (PROGRAM);

  g_autoptr (GOptionContext) context = program_context ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = g_new0 (char *, argc + 1);
  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    return report (NULL, error);
  if (option_version) {
    g_print ("%s %s\n", PROGRAM, RAI_VERSION);
    return 0;
  }

  if (arguments[0] == NULL || arguments[1] == NULL) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    g_printerr ("%s", help);
    return 2;
  }

  const RaiCliCommand *command = find_command (arguments[1]);
  if (command == NULL) {
    g_set_error (&error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "there is no command “%s”",
                 arguments[1]);
    return report (NULL, error);
  }

  return run_command (command, arguments + 1);
}

bool
rai_cli_check_arguments (char **arguments, unsigned minimum, unsigned maximum, GError **error) {
  unsigned n = g_strv_length (arguments);

  if (n < minimum) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "%s",
                 n == 0 ? "an argument is missing" : "more arguments are needed");
    return false;
  }

  if (n > maximum) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "“%s” is one argument too many",
                 arguments[maximum]);
    return false;
  }

  return true;
}
