/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-sparks.h"

#include "util/rai-decimal.h"

#include <inttypes.h>

#define GATHER_MS 20
#define MAX_ITEMS 200 /* of one query */
#define MAX_KEPT 5000

struct _RaiSparks {
  GObject parent_instance;
  RaiReader *reader;
  int64_t site;
  RaiDay last_day;
  GHashTable *known; /* item -> double[RAI_SPARKS_DAYS] */
  GArray *wanted;    /* int64_t */
  GCancellable *cancellable;
  unsigned timer;
};

G_DEFINE_FINAL_TYPE (RaiSparks, rai_sparks, G_TYPE_OBJECT)

static unsigned arrived_signal;

static void
loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) rows = rai_reader_query_finish (RAI_READER (source), result, &error);
  if (rows == NULL)
    return; /* cancelled, or the page says what is wrong */

  RaiSparks *self = data;
  int item = rai_rows_column (rows, "item_id"), day = rai_rows_column (rows, "day"),
      quantity = rai_rows_column (rows, "quantity");
  RaiDay first = self->last_day - RAI_SPARKS_DAYS + 1;

  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    int64_t id = rai_rows_int (rows, i, item);
    double *values = g_hash_table_lookup (self->known, &id);
    int64_t at = rai_rows_int (rows, i, day) - first;
    if (values != NULL && at >= 0 && at < RAI_SPARKS_DAYS)
      values[at] = (double) rai_rows_int (rows, i, quantity) / RAI_QUANTITY_ONE;
  }

  g_signal_emit (self, arrived_signal, 0);
}

static char *
format_day (RaiDay day) {
  char buffer[11];
  return g_strdup (rai_day_format (day, buffer));
}

static gboolean
ask_cb (void *data) {
  RaiSparks *self = data;
  self->timer = 0;
  g_autoptr (GString) items = g_string_new (NULL);

  for (unsigned i = 0; i < self->wanted->len && i < MAX_ITEMS; i++) {
    int64_t id = g_array_index (self->wanted, int64_t, i);
    g_string_append_printf (items, "%s%" PRId64, i > 0 ? "," : "", id);
    g_hash_table_insert (self->known, g_memdup2 (&id, sizeof id), g_new0 (double, RAI_SPARKS_DAYS));
  }

  g_array_remove_range (self->wanted, 0, MIN (self->wanted->len, MAX_ITEMS));
  g_autofree char *site = g_strdup_printf ("%" PRId64, self->site);
  g_autofree char *from = format_day (self->last_day - RAI_SPARKS_DAYS + 1);
  g_autofree char *to = format_day (self->last_day);

  g_autoptr (GHashTable) arguments =
      rai_query_arguments ("site", site, "from", from, "to", to, "items", items->str, NULL);
  rai_reader_query_async (self->reader, "item-sparks", arguments, self->cancellable, loaded_cb,
                          self);
  if (self->wanted->len > 0)
    self->timer = g_timeout_add (GATHER_MS, ask_cb, self);

  return G_SOURCE_REMOVE;
}

const double *
rai_sparks_get (RaiSparks *self, int64_t item) {
  const double *values = g_hash_table_lookup (self->known, &item);
  if (values != NULL || self->site == 0 || self->last_day == RAI_DAY_NONE)
    return values;
  for (unsigned i = 0; i < self->wanted->len; i++) {
    if (g_array_index (self->wanted, int64_t, i) == item)
      return NULL;
  }

  if (g_hash_table_size (self->known) > MAX_KEPT)
    g_hash_table_remove_all (self->known);
  g_array_append_val (self->wanted, item);
  if (self->timer == 0)
    self->timer = g_timeout_add (GATHER_MS, ask_cb, self);

  return NULL;
}

void
rai_sparks_reset (RaiSparks *self, int64_t site, RaiDay last_day) {
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->known);
  g_array_set_size (self->wanted, 0);
  self->site = site;
  self->last_day = last_day;
}

static void
rai_sparks_init (RaiSparks *self) {
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (int64_t));
  self->cancellable = g_cancellable_new ();
  self->last_day = RAI_DAY_NONE;
}

static void
rai_sparks_finalize (GObject *object) {
  RaiSparks *self = RAI_SPARKS (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->known);
  g_array_unref (self->wanted);
  g_object_unref (self->reader);
  G_OBJECT_CLASS (rai_sparks_parent_class)->finalize (object);
}

static void
rai_sparks_class_init (RaiSparksClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_sparks_finalize;
  arrived_signal = g_signal_new ("arrived", RAI_TYPE_SPARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

RaiSparks *
rai_sparks_new (RaiReader *reader) {
  RaiSparks *self = g_object_new (RAI_TYPE_SPARKS, NULL);
  self->reader = g_object_ref (reader);
  return self;
}
