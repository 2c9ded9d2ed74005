/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-session.h"

#include "util/rai-clock.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* What was last planned this long ago is history: a shop's planner runs every day. */
#define PAST_AFTER_DAYS 21
/* A replica is looked through this often at most: the pages that meet the damage are many. */
#define CHECK_PAUSE (60 * G_USEC_PER_SEC)

struct _RaiSession {
  GObject parent_instance;
  char *data_dir;
  RaiSyncEngine *engine;
  char *server;
  char *login;
  RaiIdentity *identity;
  RaiReader *reader;
  RaiSyncStatus *status;
  bool replica_open;
  unsigned generation; /* of the replica that is open */
  int64_t checked_at;  /* monotonic; when it was last looked through, 0: it was not */
  GListModel *sites;
  bool ready;
  int64_t site;
  char *start_site; /* code or name; NULL once it was used */
  RaiRows *counts;
  GCancellable *loading; /* of sites and counts */
  unsigned to_load;
};

G_DEFINE_FINAL_TYPE (RaiSession, rai_session, G_TYPE_OBJECT)

enum { CHANGED, STATUS, OPENED, N_SIGNALS };
static unsigned signals[N_SIGNALS];

static void load_base (RaiSession *self);

static void
take_status (RaiSession *self) {
  rai_sync_status_free (self->status);
  self->status = self->engine != NULL ? rai_sync_engine_get_status (self->engine) : NULL;
  if (self->status == NULL)
    self->status = g_new0 (RaiSyncStatus, 1);
}

static void
take_identity (RaiSession *self) {
  g_clear_pointer (&self->identity, rai_identity_free);
  if (self->engine != NULL)
    self->identity = rai_sync_engine_get_identity (self->engine);
}

static void
open_replica (RaiSession *self) {
  g_autofree char *url =
      self->engine != NULL ? rai_sync_engine_get_replica_url (self->engine) : NULL;
  if (self->engine != NULL && self->identity != NULL && url != NULL && self->status->has_replica) {
    if (self->replica_open && self->generation == self->status->generation)
      return;
    rai_reader_open (self->reader, url, self->identity);
    self->generation = self->status->generation;
    self->checked_at = 0;
    self->replica_open = true;
    return;
  }

  rai_reader_open (self->reader, NULL, NULL);
  self->replica_open = false;
}

/* A page met a damaged file: the engine looks, and fetches another. */
static void
damaged_cb (RaiSession *self) {
  int64_t now = g_get_monotonic_time ();
  if (self->engine == NULL || (self->checked_at != 0 && now - self->checked_at < CHECK_PAUSE))
    return;
  self->checked_at = now;
  rai_sync_engine_check_replica (self->engine);
}

static bool
same_identity (const RaiIdentity *a, const RaiIdentity *b) {
  if (a == NULL || b == NULL)
    return a == b;
  if (a->account_id != b->account_id || a->role != b->role || a->all_sites != b->all_sites ||
      a->n_sites != b->n_sites)
    return false;
  return a->n_sites == 0 || memcmp (a->sites, b->sites, a->n_sites * sizeof *a->sites) == 0;
}

static void
engine_changed_cb (RaiSession *self) {
  RaiIdentity *before = g_steal_pointer (&self->identity);
  take_status (self);
  take_identity (self);

  bool same = same_identity (before, self->identity);
  rai_identity_free (before);
  if (!same)
    self->replica_open = false;

  open_replica (self);
  if (!same)
    g_signal_emit (self, signals[OPENED], 0);
  load_base (self);
}

static RaiRow *
first_site (RaiSession *self) {
  RaiRow *row = rai_session_get_site_row (self);
  if (row != NULL)
    return row;
  g_autoptr (RaiRow) first = g_list_model_get_item (self->sites, 0);
  return first;
}

/* In the store's zone, and by the server's clock once that is known: a computer that was set wrong
 * must not move everybody's today. */
static RaiDay
clock_day (RaiSession *self) {
  RaiRow *site = first_site (self);
  const char *name = site != NULL ? rai_row_get_text (site, "zone") : NULL;
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL)
    zone = g_time_zone_new_local ();
  return rai_day_from_ms (rai_now_ms () + self->status->skew, zone);
}

static void
engine_status_cb (RaiSession *self) {
  RaiDay day = clock_day (self);
  take_status (self);
  if (self->ready && clock_day (self) != day)
    g_signal_emit (self, signals[CHANGED], 0);
  if (self->status->has_replica != self->replica_open)
    engine_changed_cb (self);
  g_signal_emit (self, signals[STATUS], 0);
}

static void
base_loaded (RaiSession *self) {
  if (--self->to_load > 0)
    return;
  self->ready = true;
  g_signal_emit (self, signals[CHANGED], 0);
}

bool
rai_session_knows_site (RaiSession *self, int64_t site) {
  for (unsigned i = 0; i < g_list_model_get_n_items (self->sites); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (self->sites, i);
    if (rai_row_get_int (row, "id") == site)
      return true;
  }
  return false;
}

static int64_t
find_site (RaiSession *self, const char *code) {
  for (unsigned i = 0; i < g_list_model_get_n_items (self->sites); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (self->sites, i);
    if (g_strcmp0 (rai_row_get_text (row, "code"), code) == 0 ||
        g_strcmp0 (rai_row_get_text (row, "name"), code) == 0)
      return rai_row_get_int (row, "id");
  }
  return 0;
}

static void
sites_loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) rows = rai_reader_query_finish (RAI_READER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiSession *self = data;
  if (error != NULL)
    g_warning ("The list of stores could not be read: %s", error->message);
  if (rows != NULL) {
    g_clear_object (&self->sites);
    self->sites = rai_row_list (rows);
    g_autofree char *start = g_steal_pointer (&self->start_site);
    int64_t first = start != NULL ? find_site (self, start) : self->site;
    if (first != self->site) {
      rai_session_set_site (self, first); /* which loads anew, and so ends this */
      return;
    }
    if (self->site != 0 && !rai_session_knows_site (self, self->site))
      self->site = 0;
  }

  base_loaded (self);
}

static void
counts_loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  RaiRows *rows = rai_reader_query_finish (RAI_READER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  RaiSession *self = data;
  g_clear_pointer (&self->counts, rai_rows_unref);
  self->counts = rows;
  base_loaded (self);
}

/* What every page needs to know before it asks: the stores, their currency and days, the badges. */
static void
load_base (RaiSession *self) {
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (!self->replica_open) {
    self->ready = false;
    g_signal_emit (self, signals[CHANGED], 0);
    return;
  }

  self->loading = g_cancellable_new ();
  self->to_load = 2;
  rai_reader_query_async (self->reader, "sites", NULL, self->loading, sites_loaded_cb, self);
  g_autoptr (GHashTable) arguments = rai_session_site_arguments (self);
  rai_reader_query_async (self->reader, "counts", arguments, self->loading, counts_loaded_cb, self);
}

void
rai_session_open (RaiSession *self, RaiSyncEngine *engine, const char *server, const char *login) {
  g_return_if_fail (RAI_IS_SESSION (self));
  if (self->engine != NULL)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  g_set_object (&self->engine, engine);
  g_free (self->server);
  self->server = g_strdup (server);
  g_free (self->login);
  self->login = g_strdup (login);
  self->replica_open = false;
  self->ready = false;
  self->site = 0;
  g_list_store_remove_all (G_LIST_STORE (self->sites));

  if (engine != NULL) {
    g_signal_connect_object (engine, "changed", G_CALLBACK (engine_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (engine, "status", G_CALLBACK (engine_status_cb), self,
                             G_CONNECT_SWAPPED);
  }

  take_status (self);
  take_identity (self);
  open_replica (self);
  g_signal_emit (self, signals[OPENED], 0);
  g_signal_emit (self, signals[STATUS], 0);
  load_base (self);
}

static void
rai_session_init (RaiSession *self) {
  self->reader = rai_reader_new ();
  g_signal_connect_object (self->reader, "damaged", G_CALLBACK (damaged_cb), self,
                           G_CONNECT_SWAPPED);
  self->status = g_new0 (RaiSyncStatus, 1);
  self->sites = G_LIST_MODEL (g_list_store_new (RAI_TYPE_ROW));
}

static void
rai_session_finalize (GObject *object) {
  RaiSession *self = RAI_SESSION (object);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->engine);
  g_clear_object (&self->reader);
  g_clear_object (&self->sites);
  g_clear_pointer (&self->counts, rai_rows_unref);
  g_clear_pointer (&self->identity, rai_identity_free);
  rai_sync_status_free (self->status);
  g_free (self->data_dir);
  g_free (self->server);
  g_free (self->login);
  g_free (self->start_site);
  G_OBJECT_CLASS (rai_session_parent_class)->finalize (object);
}

static unsigned
new_signal (const char *name) {
  return g_signal_new (name, RAI_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       0);
}

static void
rai_session_class_init (RaiSessionClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_session_finalize;
  signals[CHANGED] = new_signal ("changed");
  signals[STATUS] = new_signal ("status");
  signals[OPENED] = new_signal ("opened");
}

RaiSession *
rai_session_new (const char *data_dir) {
  RaiSession *self = g_object_new (RAI_TYPE_SESSION, NULL);
  self->data_dir = g_strdup (data_dir);
  return self;
}

const char *
rai_session_get_data_dir (RaiSession *self) {
  return self->data_dir;
}

RaiSyncEngine *
rai_session_get_engine (RaiSession *self) {
  return self->engine;
}

const char *
rai_session_get_server (RaiSession *self) {
  return self->server;
}

const char *
rai_session_get_login (RaiSession *self) {
  return self->login;
}

const RaiIdentity *
rai_session_get_identity (RaiSession *self) {
  return self->identity;
}

bool
rai_session_may (RaiSession *self, RaiPermission permission) {
  return self->identity != NULL && rai_identity_may (self->identity, permission);
}

RaiReader *
rai_session_get_reader (RaiSession *self) {
  return self->reader;
}

bool
rai_session_is_ready (RaiSession *self) {
  return self->ready;
}

const RaiSyncStatus *
rai_session_get_status (RaiSession *self) {
  return self->status;
}

GListModel *
rai_session_get_sites (RaiSession *self) {
  return self->sites;
}

int64_t
rai_session_get_site (RaiSession *self) {
  return self->site;
}

void
rai_session_set_site (RaiSession *self, int64_t site) {
  g_return_if_fail (RAI_IS_SESSION (self));
  if (self->site == site)
    return;
  self->site = site;
  load_base (self);
}

RaiRow *
rai_session_get_site_row (RaiSession *self) {
  unsigned n = g_list_model_get_n_items (self->sites);
  for (unsigned i = 0; i < n; i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (self->sites, i);
    if (rai_row_get_int (row, "id") == self->site || n == 1)
      return row; /* the list keeps it alive */
  }
  return NULL;
}

int64_t
rai_session_get_one_site (RaiSession *self) {
  RaiRow *row = first_site (self);
  return row != NULL ? rai_row_get_int (row, "id") : 0;
}

const char *
rai_session_get_all_name (RaiSession *self) {
  return self->identity == NULL || self->identity->all_sites ? _ ("All stores") : _ ("Your stores");
}

const char *
rai_session_get_site_name (RaiSession *self) {
  RaiRow *row = rai_session_get_site_row (self);
  const char *name = row != NULL ? rai_row_get_text (row, "name") : NULL;
  return name != NULL ? name : rai_session_get_all_name (self);
}

const char *
rai_session_get_currency (RaiSession *self) {
  RaiRow *row = first_site (self);
  const char *currency = row != NULL ? rai_row_get_text (row, "currency") : NULL;
  return currency != NULL ? currency : "";
}

/* The newest day before `end` in a column of the stores at hand; RAI_DAY_NONE: none has any. */
static RaiDay
newest (RaiSession *self, const char *column, RaiDay end) {
  RaiRow *only = rai_session_get_site_row (self);
  RaiDay newest = RAI_DAY_NONE;
  for (unsigned i = 0; i < g_list_model_get_n_items (self->sites); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (self->sites, i);
    if ((only != NULL && only != row) || rai_row_is_null (row, column))
      continue;
    RaiDay day = (RaiDay) rai_row_get_int (row, column);
    if (day < end)
      newest = MAX (newest, day);
  }
  return newest;
}

RaiDay
rai_session_get_last_day (RaiSession *self) {
  RaiDay today = rai_session_get_today (self);
  RaiDay last = MAX (newest (self, "last_day", today), newest (self, "day_before", today));
  /* A till that is ahead of midnight does not make the days before unknown. */
  return last == RAI_DAY_NONE && newest (self, "last_day", INT32_MAX) != RAI_DAY_NONE ? today - 1
                                                                                      : last;
}

/* The day that the data take for today, where it is not the clock's. */
static RaiDay
past_today (RaiSession *self) {
  RaiDay planned = newest (self, "planned_day", INT32_MAX);
  RaiDay last = newest (self, "last_day", INT32_MAX);
  return planned != RAI_DAY_NONE ? planned : last != RAI_DAY_NONE ? last + 1 : RAI_DAY_NONE;
}

bool
rai_session_is_past (RaiSession *self) {
  RaiDay today = past_today (self), clock = clock_day (self);
  return today != RAI_DAY_NONE && (clock - today > PAST_AFTER_DAYS || clock < today - 1);
}

RaiDay
rai_session_get_today (RaiSession *self) {
  return rai_session_is_past (self) ? past_today (self) : clock_day (self);
}

int64_t
rai_session_get_count (RaiSession *self, const char *name) {
  if (self->counts == NULL || rai_rows_count (self->counts) == 0)
    return 0;
  int column = rai_rows_column (self->counts, name);
  return column < 0 ? 0 : rai_rows_int (self->counts, 0, column);
}

GHashTable *
rai_session_site_arguments (RaiSession *self) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (self->site != 0)
    g_hash_table_insert (arguments, g_strdup ("site"), g_strdup_printf ("%" PRId64, self->site));
  return arguments;
}

void
rai_session_set_start_site (RaiSession *self, const char *code) {
  g_free (self->start_site);
  self->start_site = g_strdup (code);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  RaiAnswer *answer = rai_sync_engine_submit_finish (RAI_SYNC_ENGINE (source), result, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) rai_answer_free);
  else
    g_task_return_error (task, error);
}

void
rai_session_submit_async (RaiSession *self, const char *command, const char *arguments,
                          GCancellable *cancellable, GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_SESSION (self));
  GTask *task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, rai_session_submit_async);

  if (self->engine != NULL) {
    rai_sync_engine_submit_async (self->engine, command, arguments, cancellable, submitted_cb,
                                  task);
    return;
  }

  g_task_return_new_error (task, RAI_SYNC_ERROR, RAI_SYNC_ERROR_SIGNED_OUT, _ ("Sign in first."));
  g_object_unref (task);
}

RaiAnswer *
rai_session_submit_finish (RaiSession *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
