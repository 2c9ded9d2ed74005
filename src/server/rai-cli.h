/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* The command line: `retailai-server [--db URL] COMMAND [options] [arguments]`. Each command is a
 * descriptor, exported by a rai-cli-<noun>.c and named once in rai-cli-commands.c. Answers go to
 * standard output, messages and progress to standard error. Exit status: 0 done, 1 failed, 2 wrong
 * usage, 3 done but for rows of a file that were left out. */
typedef struct {
  const char *url; /* the database, never NULL */
  bool quiet;      /* no progress bars, no remarks */
  int status;      /* of a command that was done: 0, unless it says otherwise */
} RaiCli;

typedef struct {
  const char *name;
  const char *arguments; /* what follows the options, as shown in the usage: "KIND PATH"; NULL:
                            nothing may follow */
  const char *title;     /* one line */
  const char *help;      /* paragraphs and examples under the options; may be NULL */
  /* Stored into static variables of the command's file before run; NULL: none. --db, --quiet and
   * --help are known to every command. */
  const GOptionEntry *options;
  /* arguments: what followed the options, NULL-terminated. On failure the error is printed behind
   * the command's name; RAI_CLI_ERROR_USAGE gives status 2 and a hint at --help. */
  bool (*run) (RaiCli *cli, char **arguments, GError **error);
} RaiCliCommand;

/* Ends with a NULL entry: rai-cli-commands.c. */
extern const RaiCliCommand *const rai_cli_commands[];

#define RAI_CLI_ERROR rai_cli_error_quark ()
typedef enum {
  RAI_CLI_ERROR_USAGE,
  RAI_CLI_ERROR_FAILED,
} RaiCliError;
GQuark rai_cli_error_quark (void);

/* The program: returns its exit status. argv is as in main. */
int rai_cli_main (int argc, char **argv);

/* Opens cli->url and checks that the schema is this program's; the message says what to run when it
 * is not. */
RaiDb *rai_cli_open (RaiCli *cli, RaiDbOpenFlags flags, GError **error);
/* Fails with usage unless there are between minimum and maximum arguments. */
bool rai_cli_check_arguments (char **arguments, unsigned minimum, unsigned maximum, GError **error);
