/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-command.h"
#include "db/rai-migration.h"
#include "util/rai-uuid.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* bench-receipts [--quick]: durable receipts a second through sales.record (id, permission,
 * validation, roll-ups, stock, audit row), 100 commands a commit, against the same with
 * synchronous=OFF; and one a commit against the disk's own fdatasync of a page. Medians of five
 * alternating pairs; prints figures as JSON lines. */

#define PAIRS 5
#define BATCH 100

static int n_receipts;

static double
seconds (void) {
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
must (bool done, GError *error) {
  if (done)
    return;
  fprintf (stderr, "%s\n", error ? error->message : "failed");
  exit (1);
}

static RaiDb *
open_fresh (const char *path) {
  GError *error = NULL;
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  RaiDb *db = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);

  must (db != NULL, error);
  must (rai_migration_run (db, &error) && rai_db_begin_write (db, &error), error);
  g_autoptr (GString) sql =
      g_string_new ("INSERT INTO department (id, name, rev) VALUES (1, 'A', 1);"
                    "INSERT INTO site (id, code, name, rev) VALUES (1, 'S', 'S', 1);");

  for (int i = 1; i <= 1000; i++)
    g_string_append_printf (sql,
                            "INSERT INTO item (id, sku, name, department_id, cost, rev) VALUES "
                            "(%d, 'I%d', 'I', 1, 70, 1);",
                            i, i);

  must (rai_db_exec (db, sql->str, &error) && rai_db_commit (db, &error), error);
  return db;
}

static void
record (RaiDb *db, const RaiIdentity *till) {
  GError *error = NULL;
  char id[RAI_UUID_SIZE];
  RaiAnswer answer;
  const int n = ++n_receipts;
  g_autofree char *arguments =
      g_strdup_printf ("{\"site\":1,\"receipt\":\"R%09d\",\"sold_at\":1771285000000,\"lines\":["
                       "{\"item\":%d,\"quantity\":1000,\"amount\":199},{\"item\":%d,\"quantity\":"
                       "2000,\"amount\":99},"
                       "{\"item\":%d,\"quantity\":1000,\"amount\":450}]}",
                       n, 1 + n * 7 % 1000, 1 + n * 13 % 1000, 1 + n * 29 % 1000);
  const RaiCommandCall call = { rai_uuid_new (id), (char *) "sales.record", arguments, 0,
                                (char *) "till 1" };

  must (rai_command_run (db, till, &call, &answer, &error), error);
  if (answer.status != RAI_ANSWER_APPLIED)
    must (false, g_error_new_literal (RAI_COMMAND_ERROR, 0, answer.message));
  rai_answer_clear (&answer);
}

/* Receipts a second, batch of them a commit. */
static double
rate (RaiDb *db, const RaiIdentity *till, int receipts, int batch) {
  GError *error = NULL;
  const double start = seconds ();
  for (int i = 0; i < receipts; i += batch) {
    must (rai_db_begin_write (db, &error), error);
    for (int j = 0; j < batch; j++)
      record (db, till);
    must (rai_db_commit (db, &error), error);
  }

  return receipts / (seconds () - start);
}

static double
syncs_a_second (const char *path, int n) {
  char page[4096] = { 1 };
  const int file = g_open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
  const double start = seconds ();

  for (int i = 0; i < n; i++)
    if (file < 0 || write (file, page, sizeof page) != sizeof page || fdatasync (file))
      must (false, NULL);

  const double used = seconds () - start;
  close (file);
  g_remove (path);

  return n / used;
}

static int
compare (const void *a, const void *b) {
  const double x = *(const double *) a;
  const double y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values) {
  qsort (values, PAIRS, sizeof *values, compare);
  return values[PAIRS / 2];
}

static void
figure (const char *name, double value, const char *unit, double floor, double target) {
  printf ("{\"group\":\"server\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"floor\":%.3f,"
          "\"peer\":null,"
          "\"target\":%.3f,\"ok\":%s}\n",
          name, value, unit, floor, target, value >= target ? "true" : "false");
}

int
main (int argc, char **argv) {
  const int n = argc > 1 && g_str_equal (argv[1], "--quick") ? 1000 : 5000;
  g_autofree char *folder = g_dir_make_tmp ("retailai-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "receipts.db", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain", NULL);

  g_autoptr (RaiDb) db = open_fresh (path);
  g_autoptr (RaiIdentity) till = rai_identity_new (9, "till", RAI_ROLE_ASSOCIATE, true, NULL, 0);

  double durable[PAIRS], ratios[PAIRS], single[PAIRS], groups[PAIRS];
  rate (db, till, BATCH, BATCH);
  for (int i = 0; i < PAIRS; i++) {
    rai_db_exec (db, "PRAGMA synchronous = OFF", NULL);
    const double loose = rate (db, till, n, BATCH);
    rai_db_exec (db, "PRAGMA synchronous = FULL", NULL);
    durable[i] = rate (db, till, n, BATCH);
    ratios[i] = durable[i] / loose;
    const double one = rate (db, till, n / 10, 1);
    groups[i] = durable[i] / one;
    single[i] = one / syncs_a_second (plain, n / 10);
  }

  figure ("durable receipts, 100 a commit", median (durable), "receipts/s", 0, 10000);
  figure ("durable receipts against synchronous=OFF", median (ratios), "ratio", 1, 0.65);
  figure ("100 a commit against one a commit", median (groups), "ratio", 1, 4);
  figure ("one a commit against fdatasync", median (single), "ratio", 1, 0.6);

  return 0;
}
