/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One shop of the fault runner: a real sync engine without a window, in a process that can be
 * killed. It signs in, acts at random (seeded) intervals, and says what was done on standard
 * output. Orders on standard input, one a line:
 *   stop         act no more
 *   state        -> "state STATE waiting N attention N revision N"
 *   refused      -> "refused MARK" for each entry that needs attention, then "end"
 *   compare URL  -> "equal", or "differs TABLE SERVER'S ROW / OUR ROW"; URL is the server's own database
 *   quit
 * Every act that moves stock carries a mark that no other has in its note: by it the runner
 * counts. */
#include "db/rai-db.h"
#include "rai-sync-compare.h"
#include "sync/rai-sync-engine.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *opt_data, *opt_server, *opt_login, *opt_password, *opt_name;
static int opt_seed, opt_interval = 150;

static GMainLoop *loop;
static RaiSyncEngine *engine;
static GRand *dice;
static bool acting = true;
static unsigned acts;

/* Secrets in files beside the data: the test's are nobody's. */
static char *
load_token (const char *kind, const char *server, const char *login, void *data) {
  g_autofree char *path = g_build_filename (opt_data, kind, NULL);
  char *token = NULL;
  g_file_get_contents (path, &token, NULL, NULL);
  return token;
}

static void
save_token (const char *kind, const char *server, const char *login, const char *token,
            void *data) {
  g_autofree char *path = g_build_filename (opt_data, kind, NULL);
  if (token != NULL)
    g_file_set_contents (path, token, -1, NULL);
  else
    g_unlink (path);
}

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...) {
  va_list arguments;
  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

/* ---- Acts ---- */

/* One text from the replica: the row of SQL that the dice choose. */
static char *
choose (const char *sql) {
  g_autofree char *url = rai_sync_engine_get_replica_url (engine);
  g_autoptr (RaiDb) db = url ? rai_db_open (url, RAI_DB_OPEN_READ_ONLY, NULL) : NULL;

  RaiStatement *statement = db ? rai_db_prepare (db, sql, NULL) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  while (statement && rai_statement_step (statement, NULL) == RAI_STEP_ROW)
    g_ptr_array_add (rows, g_strdup (rai_statement_text (statement, 0)));
  if (rows->len == 0)
    return NULL;

  return g_strdup (rows->pdata[g_rand_int_range (dice, 0, (int) rows->len)]);
}

typedef struct {
  const char *command;
  const char *choose;    /* SQL whose text goes into the arguments */
  const char *arguments; /* %1$s: what was chosen, %2$d: a random number, %3$s: the mark */
  bool marked;
} Act;

#define ANY_ITEM \
  "SELECT '\"site\":' || site_id || ',\"item\":' || item_id FROM stock ORDER BY site_id, item_id"
#define ANY_ORDER \
  "FROM purchase_order o JOIN order_line l ON l.order_id = o.id WHERE o.status = 'proposed' "

static const Act table[] = {
  { "stock.receive",
    "SELECT '\"site\":' || site_id || ',\"lines\":[{\"item\":' || item_id FROM stock ORDER BY "
    "site_id, item_id",
    "{%1$s,\"quantity\":%2$d000}],\"note\":\"%3$s\"}", true },
  { "stock.waste", ANY_ITEM, "{%1$s,\"quantity\":%2$d000,\"note\":\"%3$s\"}", true },
  { "stock.count", ANY_ITEM, "{%1$s,\"quantity\":%2$d000,\"note\":\"%3$s\"}", true },
  { "alert.acknowledge", "SELECT id FROM alert WHERE state = 'open' ORDER BY id",
    "{\"alert\":\"%1$s\"}", false },
  { "order.edit",
    "SELECT '\"order\":\"' || o.id || '\",\"version\":' || o.version || ',\"item\":' || "
    "l.item_id " ANY_ORDER "ORDER BY o.id, l.item_id",
    "{%1$s,\"quantity\":%2$d000}", false },
};

typedef struct {
  char *mark;
  const Act *act;
} Doing;

static void
submitted_cb (GObject *object, GAsyncResult *result, void *data) {
  Doing *doing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiAnswer) answer = rai_sync_engine_submit_finish (engine, result, &error);

  if (answer == NULL)
    say ("failed %s %s", doing->act->command, error->message);
  else if (answer->status != RAI_ANSWER_APPLIED)
    say ("declined %s %s", doing->act->command, answer->message);
  else if (doing->act->marked)
    say ("did %s %s", doing->mark, doing->act->command);

  g_free (doing->mark);
  g_free (doing);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
act (void) {
  const Act *one = &table[g_rand_int_range (dice, 0, G_N_ELEMENTS (table))];
  int number = g_rand_int_range (dice, 1, 20);
  g_autofree char *chosen = choose (one->choose);

  if (!chosen)
    return;
  Doing *doing = g_new0 (Doing, 1);
  doing->act = one;
  doing->mark = g_strdup_printf ("%s-%d-%u", opt_name, (int) getpid (), ++acts);

  g_autofree char *arguments = g_strdup_printf (one->arguments, chosen, number, doing->mark);
  rai_sync_engine_submit_async (engine, one->command, arguments, NULL, submitted_cb, doing);
}
#pragma GCC diagnostic pop

static int
act_cb (void *data) {
  if (acting) {
    act ();
    g_timeout_add ((unsigned) g_rand_int_range (dice, 1, 2 * opt_interval), act_cb, NULL);
  }
  return G_SOURCE_REMOVE;
}

/* ---- Orders ---- */

static void
say_state (void) {
  static const char *const names[] = { "stopped", "first",      "busy",     "online",
                                       "offline", "signed-out", "disabled", "failed" };
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  say ("state %s waiting %u attention %u revision %" G_GINT64_FORMAT " %s", names[status->state],
       status->waiting, status->attention, status->revision,
       status->message ? status->message : "");
}

static void
say_refused (void) {
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (engine);
  for (unsigned i = 0; i < entries->len; i++) {
    const RaiSyncEntry *entry = entries->pdata[i];
    const char *mark = strstr (entry->arguments, opt_name);
    if (entry->state == RAI_ENTRY_ATTENTION && mark)
      say ("refused %.*s %s", (int) strcspn (mark, "\""), mark,
           entry->message ? entry->message : "");
  }

  say ("end");
}

static void
say_compare (const char *url) {
  g_autofree char *replica_url = rai_sync_engine_get_replica_url (engine);
  g_autoptr (RaiIdentity) identity = rai_sync_engine_get_identity (engine);
  g_autoptr (RaiDb) ours =
      replica_url ? rai_db_open (replica_url, RAI_DB_OPEN_READ_ONLY, NULL) : NULL;
  g_autoptr (RaiDb) theirs = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, NULL);

  g_autofree char *difference =
      ours && theirs ? rai_sync_compare (theirs, ours, identity) : g_strdup ("cannot open");
  if (difference)
    say ("differs %s", g_strdelimit (difference, "\n", '/'));
  else
    say ("equal");
}

static void
read_cb (GObject *object, GAsyncResult *result, void *data) {
  GDataInputStream *input = G_DATA_INPUT_STREAM (object);
  g_autofree char *line = g_data_input_stream_read_line_finish (input, result, NULL, NULL);
  if (!line || strcmp (line, "quit") == 0) {
    g_main_loop_quit (loop);
    return;
  }

  if (strcmp (line, "stop") == 0)
    acting = false;
  else if (strcmp (line, "state") == 0)
    say_state ();
  else if (strcmp (line, "refused") == 0)
    say_refused ();
  else if (g_str_has_prefix (line, "compare "))
    say_compare (line + strlen ("compare "));

  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, read_cb, NULL);
}

static void sign_in (void);

/* A server that was restored from a backup does not know of later sign-ins. */
static void
status_cb (RaiSyncEngine *object, void *data) {
  static bool was_out;
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  bool out = status->state == RAI_SYNC_SIGNED_OUT;
  if (out && !was_out)
    sign_in ();
  was_out = out;
}

static int
sign_in_again_cb (void *data) {
  sign_in ();
  return G_SOURCE_REMOVE;
}

static void
signed_in_cb (GObject *object, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  if (rai_sync_engine_sign_in_finish (engine, result, &error))
    return;
  say ("sign-in %s", error->message);
  g_timeout_add (300, sign_in_again_cb, NULL);
}

static void
sign_in (void) {
  rai_sync_engine_sign_in_async (engine, opt_password, NULL, NULL, signed_in_cb, NULL);
}

int
main (int argc, char **argv) {
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &opt_data, "Folder", "DIR" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &opt_server, "Server", "URL" },
    { "login", 0, 0, G_OPTION_ARG_STRING, &opt_login, "Account", "LOGIN" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &opt_password, "Its password", "TEXT" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, "The first part of every mark", "NAME" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &opt_seed, "Seed", "N" },
    { "interval", 0, 0, G_OPTION_ARG_INT, &opt_interval, "Mean pause between acts", "MS" },
    { NULL },
  };

  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, &argc, &argv, &error) || !opt_data || !opt_server ||
      !opt_login || !opt_name) {
    fprintf (stderr, "%s\n",
             error ? error->message : "--data, --server, --login and --name are needed");
    return 2;
  }

  static const RaiTokenStore store = { load_token, save_token, NULL };
  g_mkdir_with_parents (opt_data, 0700);
  dice = g_rand_new_with_seed ((unsigned) opt_seed);
  loop = g_main_loop_new (NULL, FALSE);
  engine = rai_sync_engine_new (opt_data, opt_server, opt_login, &store);
  rai_sync_engine_set_pace (engine, 300, 1000);
  g_signal_connect (engine, "status", G_CALLBACK (status_cb), NULL);

  /* Writes past the limit that the runner sets fail, instead of ending the program. */
  signal (SIGXFSZ, SIG_IGN);
  if (!rai_sync_engine_start (engine, NULL))
    sign_in ();

  g_timeout_add (50, act_cb, NULL);
  g_autoptr (GInputStream) base = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (base);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, read_cb, NULL);
  g_main_loop_run (loop);
  g_object_unref (engine);

  return 0;
}
