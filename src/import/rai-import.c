/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import.h"

#include "command/rai-command.h"
#include "core/rai-currency.h"
#include "db/rai-audit.h"
#include "import/rai-import-calendar.h"
#include "import/rai-import-file.h"
#include "import/rai-import-receipts.h"
#include "proto/rai-json.h"
#include "util/rai-clock.h"
#include "util/rai-progress.h"
#include "util/rai-uuid.h"
#include "util/rai-zone.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Each commit rolls the windows of all stock: many small ones cost more than the rows. */
#define ROWS_A_COMMIT 250000
#define ROWS_A_LOOK 2048

GQuark
rai_import_error_quark (void) {
  return g_quark_from_static_string ("rai-import-error");
}

const char *
rai_import_error_id (RaiImportError code) {
  static const char *const ids[] = {
    [RAI_IMPORT_ERROR_USAGE] = "usage",         [RAI_IMPORT_ERROR_FILE] = "file",
    [RAI_IMPORT_ERROR_HEADER] = "header",       [RAI_IMPORT_ERROR_FORMAT] = "format",
    [RAI_IMPORT_ERROR_REFUSED] = "refused",     [RAI_IMPORT_ERROR_SITE] = "site",
    [RAI_IMPORT_ERROR_CANCELLED] = "cancelled",
  };

  g_return_val_if_fail ((size_t) code < G_N_ELEMENTS (ids), NULL);
  return ids[code];
}

typedef struct {
  RaiImport import;
  RaiImportFile file;
  RaiImportResult *result;
  RaiProgress *progress;
  uint64_t shown;       /* bytes that the progress knows of */
  uint64_t uncommitted; /* rows */
  const RaiIdentity *caller;
  RaiIdentity *program; /* the caller when none was given */
  RaiCommandCall call;
} Run;

static void
run_clear (Run *run) {
  rai_import_file_clear (&run->file);
  g_clear_pointer (&run->progress, rai_progress_free);
  g_clear_pointer (&run->import.sales, rai_sales_free);
  g_clear_pointer (&run->import.aside, rai_import_aside_free);
  g_clear_pointer (&run->import.receipts, rai_import_receipts_free);
  g_clear_pointer (&run->import.tidy_code, g_free);
  g_clear_pointer (&run->import.tidy_name, g_free);
  g_clear_pointer (&run->import.names, rai_import_names_free);
  g_clear_pointer (&run->import.calendar, rai_import_calendar_free);
  g_clear_pointer (&run->import.keys, rai_import_keys_free);
  g_clear_pointer (&run->program, rai_identity_free);
  rai_import_clear_row (&run->import);
  rai_command_call_clear (&run->call);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

void
rai_import_result_clear (RaiImportResult *result) {
  g_clear_pointer (&result->rejects, rai_import_rejects_free);
  g_clear_pointer (&result->notices, g_ptr_array_unref);
  g_clear_pointer (&result->rejects_file, g_free);
  result->reasons = NULL;
}

/* ---- Transactions ---- */

static bool
begin (Run *run, GError **error) {
  RaiImport *import = &run->import;
  run->uncommitted = 0;
  if (!rai_db_begin_write (import->db, error) || !rai_db_revision (import->db, &import->rev, error))
    return false;
  if (import->names != NULL)
    rai_import_names_set_revision (import->names, import->rev);
  return true;
}

/* Before the counts are recorded: whether a receipt waited already, or is there under another key,
 * is known only by its whole. */
static bool
settle (Run *run, GError **error) {
  uint64_t apart;
  if (!rai_import_aside_flush (run->import.aside, error) ||
      !rai_sales_settle (run->import.sales, &apart, error))
    return false;

  const int known = rai_import_aside_take_known (run->import.aside);
  run->result->aside -= (uint64_t) known;
  run->result->unchanged += (uint64_t) known - apart;
  run->result->added += apart;
  return true;
}

static bool
commit (Run *run, GError **error) {
  if (!settle (run, error))
    return false;
  if (run->import.options->dry_run) {
    rai_db_rollback (run->import.db);
    return true;
  }
  return rai_sales_flush (run->import.sales, error) && rai_db_commit (run->import.db, error);
}

/* Between two receipts, so that a run that is cut off can be run again. */
static bool
commit_when_due (Run *run, GError **error) {
  const RaiImportOptions *options = run->import.options;
  const uint64_t limit = options->rows_a_commit > 0 ? options->rows_a_commit : ROWS_A_COMMIT;
  if (run->uncommitted < limit || options->dry_run)
    return true;
  return rai_import_file_is_same (&run->file, error) && commit (run, error) && begin (run, error);
}

/* ---- Rows ---- */

static bool
reject_row (Run *run, uint64_t line, GError **error) {
  RaiImport *import = &run->import;
  run->result->rejected++;
  return rai_import_rejects_add (run->result->rejects, line, import->reason, import->value,
                                 import->fields, import->n_fields, error);
}

/* What became of one row, whose fields are import's. */
static bool
finish_row (void *data, RaiRowResult result, uint64_t line, GError **error) {
  Run *run = data;
  run->uncommitted++;
  switch (result) {
    case RAI_ROW_ADDED:
      run->result->added++;
      return true;
    case RAI_ROW_UNCHANGED:
      run->result->unchanged++;
      return true;
    case RAI_ROW_ASIDE:
      run->result->aside++;
      return true;
    case RAI_ROW_SKIPPED:
      run->result->skipped++;
      return true;
    case RAI_ROW_REJECTED:
      return reject_row (run, line, error);
    default:
      return false;
  }
}

static uint64_t
n_held (const Run *run) {
  return run->import.receipts != NULL ? rai_import_receipts_n_held (run->import.receipts) : 0;
}

/* Receipts are decided, oldest first, until no more rows wait than may. */
static bool
decide_receipts (Run *run, unsigned most, GError **error) {
  RaiImportReceipts *receipts = run->import.receipts;
  while (receipts != NULL && rai_import_receipts_n_held (receipts) > most)
    if (!rai_import_receipts_decide (receipts, error) || !commit_when_due (run, error))
      return false;
  return true;
}

static bool
take_row (Run *run, const RaiCsvField *fields, size_t n_fields, uint64_t line, GError **error) {
  RaiImport *import = &run->import;
  RaiRowResult result;
  run->result->read++;
  if (rai_import_shape_turn (run->file.shape, import, fields, n_fields, &result))
    result = import->layout->read (import, error);
  if (result == RAI_ROW_FAILED)
    return false;
  if (import->receipts != NULL && result != RAI_ROW_SKIPPED)
    return rai_import_receipts_hold (import->receipts, result, line, error) &&
           decide_receipts (run, RAI_IMPORT_ROWS_HELD, error);
  return finish_row (run, result, line, error) && commit_when_due (run, error);
}

/* A line that is no record: counted and left out. */
static bool
take_broken (Run *run, uint64_t line, GError **error) {
  RaiImport *import = &run->import;
  import->n_fields = 0;
  rai_import_reject (import, "a quotation mark is opened and never closed", NULL);
  if (import->receipts != NULL)
    rai_import_receipts_break (import->receipts);
  run->result->read++;
  return reject_row (run, line, error);
}

static bool
take_sample (Run *run, GError **error) {
  for (unsigned i = 0; i < run->file.sample->len; i++) {
    const RaiImportRecord *record = run->file.sample->pdata[i];
    bool taken = record->broken
                     ? take_broken (run, record->line, error)
                     : take_row (run, record->fields, record->texts->len, record->line, error);
    if (!taken)
      return false;
  }

  return true;
}

/* false: nobody wants the rest. */
static bool
show_progress (Run *run, GError **error) {
  const RaiImportOptions *options = run->import.options;
  const RaiImportResult *result = run->result;
  uint64_t bytes = rai_import_file_tell (&run->file);
  const RaiImportProgress progress = {
    .bytes = bytes,
    .size = run->file.size,
    .read = result->read,
    .added = result->added,
    .unchanged = result->unchanged,
    .aside = result->aside,
    .skipped = result->skipped,
    .rejected = result->rejected,
  };

  rai_progress_advance (run->progress, bytes - run->shown);
  run->shown = bytes;
  if (options->progress == NULL || options->progress (&progress, options->progress_data))
    return true;
  g_set_error_literal (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_CANCELLED,
                       "the import was cancelled");
  return false;
}

static bool
take_rest (Run *run, GError **error) {
  RaiCsv *csv = run->file.csv;
  const RaiCsvField *fields;
  size_t n_fields;

  for (;;) {
    g_autoptr (GError) failure = NULL;
    if (rai_csv_next (csv, &fields, &n_fields, &failure)) {
      if (!take_row (run, fields, n_fields, rai_csv_line (csv), error))
        return false;
      if (run->result->read % ROWS_A_LOOK == 0 && !show_progress (run, error))
        return false;
    } else if (failure == NULL) {
      return true;
    } else if (failure->domain == RAI_CSV_ERROR && failure->code != RAI_CSV_ERROR_BINARY &&
               rai_csv_skip_line (csv)) {
      if (!take_broken (run, rai_csv_line (csv), error))
        return false;
    } else {
      g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, "%s", failure->message);
      return false;
    }
  }
}

/* ---- The whole ---- */

static void
open_rejects (Run *run) {
  const RaiImportOptions *options = run->import.options;
  GPtrArray *header = run->file.header;
  g_autofree RaiCsvField *fields = g_new (RaiCsvField, MAX (header->len, 1));

  for (unsigned i = 0; i < header->len; i++)
    fields[i] = (RaiCsvField){ header->pdata[i], strlen (header->pdata[i]) };

  g_autofree char *derived = rai_import_rejects_path (options->path);
  g_autofree char *fallback = g_path_get_basename (derived);

  /* A dry run leaves no file behind, unless it was asked for. */
  const char *path = options->rejects != NULL ? options->rejects
                     : options->dry_run       ? NULL
                                              : derived;

  run->result->rejects =
      rai_import_rejects_new (path, options->rejects != NULL ? NULL : fallback, fields, header->len,
                              rai_csv_delimiter (run->file.csv));
}

/* What the sites are like that the file may bring: as it was said, else as the file or its preset
 * says. */
static bool
read_site_defaults (const Run *run, RaiImportSiteDefaults *site, GError **error) {
  const RaiImportOptions *options = run->import.options;
  *site = run->import.layout->site;
  if (*run->file.currency != '\0')
    site->currency = run->file.currency;
  if (run->file.zone != NULL)
    site->zone = run->file.zone;

  site->may_be_made = options->new_sites || (site->currency != NULL && site->zone != NULL);
  if (options->currency != NULL)
    site->currency = options->currency;
  if (options->zone != NULL)
    site->zone = options->zone;

  if (site->zone != NULL && !rai_zone_is_known (site->zone)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "“%s” is no time zone; zones are named like Europe/Berlin", site->zone);
    return false;
  }
  if (site->currency != NULL && !rai_currency_is_known (site->currency)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "“%s” is no currency; currencies are named like EUR", site->currency);
    return false;
  }
  if (site->may_be_made && (site->zone == NULL || site->currency == NULL)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "say in which time zone and currency new stores are: --zone Europe/Berlin "
                 "--currency EUR");
    return false;
  }

  return true;
}

static bool
open_names (Run *run, GError **error) {
  RaiImport *import = &run->import;
  RaiImportSiteDefaults site;
  if (!read_site_defaults (run, &site, error))
    return false;

  import->names = rai_import_names_new (import->db, &site, error);
  if (import->names == NULL)
    return false;
  rai_import_names_set_revision (import->names, import->rev);
  import->sales = rai_sales_new (import->db, error);
  if (import->sales == NULL)
    return false;

  if (strcmp (import->layout->kind, "receipts") == 0)
    import->receipts = rai_import_receipts_new (import, finish_row, run);
  import->aside = rai_import_aside_new (import->db, run->caller->account_id, import->now, error);
  return import->aside != NULL;
}

/* ---- The command ---- */

static char *
file_name (const RaiImportOptions *options) {
  return options->name != NULL ? g_strdup (options->name)
                               : g_filename_display_basename (options->path);
}

static char *
arguments_json (const RaiImportOptions *options, const RaiImportLayout *layout) {
  GString *json = g_string_new ("{");
  g_autofree char *name = file_name (options);
  rai_json_append_name (json, "kind");
  rai_json_append_string (json, layout->kind);
  if (layout->preset != NULL) {
    rai_json_append_name (json, "preset");
    rai_json_append_string (json, layout->preset);
  }

  rai_json_append_name (json, "file");
  rai_json_append_string (json, name);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static void
name_command (Run *run) {
  const RaiImportOptions *options = run->import.options;
  char id[RAI_UUID_SIZE];
  run->call = (RaiCommandCall){
    .id = g_strdup (options->id != NULL ? options->id : rai_uuid_new (id)),
    .name = g_strdup ("import.file"),
    .arguments = arguments_json (options, run->import.layout),
    .acted_at = rai_now_ms (),
  };

  if (options->caller == NULL)
    run->program = rai_identity_new_system ();
  run->caller = options->caller != NULL ? options->caller : run->program;
}

static bool
refuse (const RaiAnswer *answer, GError **error) {
  g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_REFUSED, "%s",
               answer->message != NULL ? answer->message : "the id was used meanwhile");
  return false;
}

/* What was answered the first time. */
static void
read_counts (RaiImportResult *result, const char *json) {
  g_autoptr (JsonNode) root = json_from_string (json != NULL ? json : "{}", NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;

  JsonObject *object = json_node_get_object (root);
  result->read = (uint64_t) json_object_get_int_member_with_default (object, "read", 0);
  result->added = (uint64_t) json_object_get_int_member_with_default (object, "added", 0);
  result->unchanged = (uint64_t) json_object_get_int_member_with_default (object, "unchanged", 0);
  result->aside = (uint64_t) json_object_get_int_member_with_default (object, "set_aside", 0);
  result->skipped = (uint64_t) json_object_get_int_member_with_default (object, "skipped", 0);
  result->rejected = (uint64_t) json_object_get_int_member_with_default (object, "rejected", 0);
}

/* In the first transaction, before anything is written. A refusal stays in the log. */
static bool
admit (Run *run, GError **error) {
  RaiDb *db = run->import.db;
  g_auto (RaiAnswer) answer = { 0 };
  if (!rai_command_admit (db, run->caller, &run->call, &answer, error))
    return false;

  if (answer.status != RAI_ANSWER_APPLIED) {
    if (!run->import.options->dry_run && !rai_db_commit (db, error))
      return false;
    return refuse (&answer, error);
  }

  if (answer.repeated) {
    run->result->repeated = true;
    read_counts (run->result, answer.result);
  }

  return true;
}

/* In the last transaction. */
static bool
record (Run *run, GError **error) {
  const RaiImportResult *result = run->result;
  g_autofree char *counts =
      g_strdup_printf ("\"read\":%" G_GUINT64_FORMAT ",\"added\":%" G_GUINT64_FORMAT
                       ",\"unchanged\":%" G_GUINT64_FORMAT ",\"set_aside\":%" G_GUINT64_FORMAT
                       ",\"skipped\":%" G_GUINT64_FORMAT ",\"rejected\":%" G_GUINT64_FORMAT,
                       result->read, result->added, result->unchanged, result->aside,
                       result->skipped, result->rejected);
  g_autofree char *file = file_name (run->import.options);
  g_autofree char *summary = g_strdup_printf (
      "Import of %s from %s: %" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT
      " set aside, %" G_GUINT64_FORMAT " rejected",
      run->import.layout->kind, file, result->added, result->aside, result->rejected);
  const RaiCommandWork work = { counts, summary };
  g_auto (RaiAnswer) answer = { 0 };

  if (!rai_command_record (run->import.db, run->caller, &run->call, &work, &answer, error))
    return false;
  if (answer.status != RAI_ANSWER_APPLIED || answer.repeated)
    return refuse (&answer, error);

  const RaiAuditJob job = {
    .id = run->call.id,
    .kind = "import",
    .state = RAI_JOB_DONE,
    .started_at = run->call.acted_at,
    .ended_at = rai_now_ms (),
    .message = summary,
    .rev = run->import.rev,
  };
  return rai_audit_job (run->import.db, &job, error);
}

static bool
import_rows (Run *run, GError **error) {
  if (!begin (run, error) || !admit (run, error))
    return false;
  if (run->result->repeated) {
    rai_db_rollback (run->import.db);
    return true;
  }

  if (!open_names (run, error) || !take_sample (run, error) || !take_rest (run, error) ||
      !decide_receipts (run, 0, error) || !show_progress (run, error))
    return false;
  return rai_import_file_is_same (&run->file, error) && settle (run, error) &&
         rai_import_names_finish (run->import.names, error) && record (run, error) &&
         commit (run, error);
}

static void
tell (Run *run) {
  RaiImportResult *result = run->result;
  const RaiImportNames *names = run->import.names;
  result->new_sites = names != NULL ? rai_import_names_n_created_sites (names) : 0;
  result->new_items = names != NULL ? rai_import_names_n_created_items (names) : 0;
  result->receipts_aside =
      run->import.aside != NULL ? rai_import_aside_n_receipts (run->import.aside) : 0;
  result->reasons = (GPtrArray *) rai_import_rejects_reasons (result->rejects);
  result->notices = g_ptr_array_ref (run->file.notices);
  rai_import_shape_tell (run->file.shape, result->notices);

  if (run->import.n_shelves > 0)
    g_ptr_array_add (result->notices,
                     g_strdup_printf ("%u rows count an item again that an earlier row of the file "
                                      "counts on the same day: they were added, as another shelf",
                                      run->import.n_shelves));

  if (run->import.n_cut > 0)
    g_ptr_array_add (
        result->notices,
        g_strdup_printf ("%u barcodes were cut by a spreadsheet (as 1.23457E+11 is) and "
                         "left out; the rest of their rows went in, and barcodes that "
                         "are stored stay",
                         run->import.n_cut));

  const uint64_t replaced =
      run->import.sales != NULL ? rai_sales_n_replaced (run->import.sales) : 0;
  if (replaced > 0)
    g_ptr_array_add (result->notices,
                     g_strdup_printf ("%" G_GUINT64_FORMAT
                                      " totals of days, weeks or hours were there already for what "
                                      "this file tells more finely: it takes their place",
                                      replaced));

  uint64_t decoded = rai_csv_n_decoded (run->file.csv);
  if (decoded > 0)
    g_ptr_array_add (result->notices,
                     g_strdup_printf ("%" G_GUINT64_FORMAT
                                      " fields were not UTF-8 and were read as Windows-1252",
                                      decoded));
}

bool
rai_import_run (RaiDb *db, const RaiImportOptions *options, RaiImportResult *result,
                GError **error) {
  g_auto (Run) run = { .import = { .db = db, .options = options }, .result = result };
  int64_t started = g_get_monotonic_time ();
  *result = (RaiImportResult){ 0 };
  run.import.calendar = rai_import_calendar_new ();
  run.import.keys = rai_import_keys_new ();
  run.import.now = rai_now_ms ();
  run.import.today = rai_day_from_ms (run.import.now, NULL);
  if (!rai_import_file_open (&run.file, &run.import, error))
    return false;

  name_command (&run);
  open_rejects (&run);
  run.progress = rai_progress_new ("Importing", run.file.size);
  rai_progress_set_bytes (run.progress);

  bool done = import_rows (&run, error);
  if (!done && rai_db_in_transaction (db))
    rai_db_rollback (db);
  const uint64_t open = run.uncommitted + n_held (&run);
  if (!done && result->read > open)
    g_prefix_error (error,
                    "stopped after %" G_GUINT64_FORMAT
                    " rows (the same command, given again, leaves out what is in): ",
                    result->read - open);

  tell (&run);
  if (done) {
    GError *failure = NULL;
    result->rejects_file = g_strdup (rai_import_rejects_close (result->rejects, &failure));
    if (failure != NULL)
      g_propagate_error (error, failure);
    done = failure == NULL;
  }

  result->seconds = (double) (g_get_monotonic_time () - started) / G_TIME_SPAN_SECOND;
  return done;
}
