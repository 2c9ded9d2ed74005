/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-apply.h"

#include "db/rai-synced.h"
#include "proto/rai-json-read.h"
#include "proto/rai-zstd.h"
#include "sync/rai-sync-wire.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* No page is larger than this when unpacked. */
#define PAGE_BYTES ((size_t) 1 << 30)
#define MAX_COLUMNS 64

typedef enum { VALUE_NULL, VALUE_INT, VALUE_DOUBLE, VALUE_TEXT } ValueKind;

typedef struct {
  ValueKind kind;
  uint32_t length; /* of text */
  union {
    int64_t number;
    double real;
    size_t offset; /* of text, in `texts` */
  };
} Value;

/* Where the reader is: the depth of open brackets and the member of the outermost object tell it
 * all. */
typedef struct {
  RaiDb *db;
  int64_t revision;
  GError *error;
  bool window;
  int depth; /* 1: in the page */
  enum { PART_HEAD, PART_TOMBSTONES, PART_TABLES } part;
  /* A tombstone */
  char *words[2];
  int n_words;
  /* A table */
  const RaiSyncedTable *table;
  enum { MEMBER_OTHER, MEMBER_NAME, MEMBER_COLUMNS, MEMBER_ROWS, MEMBER_DATA } member;
  int columns[MAX_COLUMNS]; /* of the page, as columns of the table */
  int n_columns;
  size_t n_rows;
  int column; /* being read */
  size_t row;
  GArray *values; /* column after column */
  GByteArray *texts;
} Reader;

void
rai_sync_head_clear (RaiSyncHead *head) {
  g_free (head->server);
  g_free (head->epoch);
  g_free (head->scope);
  g_free (head->snapshot);
  rai_identity_free (head->identity);
  *head = (RaiSyncHead){ 0 };
}

GBytes *
rai_sync_unpack (GBytes *packed, GError **error) {
  g_autoptr (GError) local = NULL;
  GBytes *page = rai_zstd_decompress (packed, PAGE_BYTES, &local);
  if (page == NULL)
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 "The server's changes arrived damaged: %s", local->message);
  return page;
}

/* The head is small and stands in front: what follows it is cut off and the rest read as an object
 * of its own. */
static char *
cut_head (GBytes *page) {
  size_t size;
  const char *text = g_bytes_get_data (page, &size);
  const char *end = g_strstr_len (text, (ssize_t) MIN (size, 1 << 20), ",\"tombstones\":");
  return end != NULL ? g_strdup_printf ("%.*s}", (int) (end - text), text)
                     : g_strndup (text, MIN (size, 1 << 20));
}

bool
rai_sync_read_head (GBytes *page, RaiSyncHead *head, GError **error) {
  g_autofree char *text = cut_head (page);
  g_autoptr (JsonParser) parser = json_parser_new ();

  JsonNode *root =
      json_parser_load_from_data (parser, text, -1, NULL) ? json_parser_get_root (parser) : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)) {
    JsonObject *object = json_node_get_object (root);
    JsonNode *identity = json_object_get_member (object, "identity");
    g_autofree char *identity_json = identity != NULL ? json_to_string (identity, FALSE) : NULL;
    head->server = g_strdup (rai_json_get_text (object, "server"));
    head->epoch = g_strdup (rai_json_get_text (object, "epoch"));
    head->scope = g_strdup (rai_json_get_text (object, "scope"));
    head->snapshot = g_strdup (rai_json_get_text (object, "snapshot"));
    head->schema = json_object_get_int_member_with_default (object, "schema", 0);
    head->since = json_object_get_int_member_with_default (object, "since", -1);
    head->revision = json_object_get_int_member_with_default (object, "revision", -1);
    head->time = json_object_get_int_member_with_default (object, "time", 0);
    head->identity = identity_json != NULL ? rai_sync_parse_identity (identity_json, NULL) : NULL;
  }

  if (head->server != NULL && head->epoch != NULL && head->scope != NULL &&
      head->identity != NULL && head->since >= 0 && head->revision >= 0)
    return true;

  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
               "The server's changes cannot be read");
  return false;
}

/* ---- Rows ---- */

static int
damaged (Reader *self, const char *what) {
  if (self->error == NULL)
    g_set_error (&self->error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 "The server's changes cannot be read: %s", what);
  return 0;
}

static void
bind_value (Reader *self, RaiStatement *insert, int parameter, const Value *value,
            RaiValueType type) {
  if (value->kind == VALUE_NULL) {
    rai_statement_bind_null (insert, parameter);
  } else if (value->kind == VALUE_TEXT) {
    char *text = (char *) self->texts->data + value->offset;
    if (type == RAI_VALUE_BLOB) {
      size_t size = 0;
      if (value->length > 0)
        g_base64_decode_inplace (text, &size);
      rai_statement_bind_blob (insert, parameter, text, size);
    } else {
      rai_statement_bind_text (insert, parameter, text);
    }
  } else if (value->kind == VALUE_DOUBLE) {
    rai_statement_bind_double (insert, parameter, value->real);
  } else if (type == RAI_VALUE_DOUBLE) {
    rai_statement_bind_double (insert, parameter, (double) value->number);
  } else {
    rai_statement_bind_int (insert, parameter, value->number);
  }
}

/* REPLACE, because a row may meet another that gives up the same unique name later in the page. */
static RaiStatement *
prepare_insert (Reader *self) {
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "INSERT OR REPLACE INTO %s (", self->table->name);
  for (int i = 0; i < self->n_columns; i++)
    g_string_append_printf (sql, "%s, ", self->table->columns[self->columns[i]].name);

  g_string_append (sql, "rev) VALUES (");
  for (int i = 0; i < self->n_columns; i++)
    g_string_append_printf (sql, "?%d, ", i + 1);
  g_string_append_printf (sql, "?%d)", self->n_columns + 1);

  return rai_db_prepare (self->db, sql->str, &self->error);
}

static int
write_rows (Reader *self) {
  if (self->table == NULL || self->values->len != self->n_rows * (size_t) self->n_columns)
    return damaged (self, "a table is not whole");

  RaiStatement *insert = prepare_insert (self);
  if (insert == NULL)
    return 0;

  const Value *values = (const Value *) self->values->data;
  for (size_t row = 0; row < self->n_rows; row++) {
    for (int i = 0; i < self->n_columns; i++)
      bind_value (self, insert, i + 1, &values[(size_t) i * self->n_rows + row],
                  self->table->columns[self->columns[i]].type);
    rai_statement_bind_int (insert, self->n_columns + 1, self->revision);
    if (!rai_statement_run (insert, &self->error))
      return 0;
  }

  if (strcmp (self->table->name, "site") == 0)
    self->window = true;
  return 1;
}

static int
delete_row (Reader *self) {
  const RaiSyncedTable *table = self->n_words == 2 ? rai_synced_find (self->words[0]) : NULL;
  if (table == NULL)
    return damaged (self, "a deleted row of an unknown table");

  int n_keys = 0;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "DELETE FROM %s WHERE ", table->name);

  while (table->columns[n_keys].key) {
    g_string_append_printf (sql, "%s%s = ?%d", n_keys ? " AND " : "", table->columns[n_keys].name,
                            n_keys + 1);
    n_keys++;
  }

  g_auto (GStrv) parts = g_strsplit (self->words[1], "/", n_keys);
  if ((int) g_strv_length (parts) != n_keys)
    return damaged (self, "a deleted row without its key");

  RaiStatement *statement = rai_db_prepare (self->db, sql->str, &self->error);
  if (statement == NULL)
    return 0;
  for (int i = 0; i < n_keys; i++) {
    RaiValueType type = table->columns[i].type;
    if (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID)
      rai_statement_bind_text (statement, i + 1, parts[i]);
    else
      rai_statement_bind_int (statement, i + 1, g_ascii_strtoll (parts[i], NULL, 10));
  }

  return rai_statement_run (statement, &self->error);
}

/* ---- The parser's calls ---- */

static int
add_value (Reader *self, const Value *value) {
  if (self->part == PART_TABLES && self->member == MEMBER_DATA && self->depth == 5) {
    if (++self->row > self->n_rows)
      return damaged (self, "a column is too long");
    g_array_append_vals (self->values, value, 1);
  }
  return 1;
}

static int
null_cb (void *data) {
  const Value value = { .kind = VALUE_NULL };
  return add_value (data, &value);
}

static int
integer_cb (void *data, long long number) {
  Reader *self = data;
  if (self->part == PART_TABLES && self->member == MEMBER_ROWS && self->depth == 3)
    self->n_rows = number >= 0 ? (size_t) number : 0;
  const Value value = { .kind = VALUE_INT, .number = number };
  return add_value (self, &value);
}

static int
double_cb (void *data, double real) {
  const Value value = { .kind = VALUE_DOUBLE, .real = real };
  return add_value (data, &value);
}

static int
name_column (Reader *self, const char *name) {
  if (self->table == NULL || self->n_columns == MAX_COLUMNS)
    return damaged (self, "columns without a table");
  for (int i = 0; self->table->columns[i].name; i++)
    if (strcmp (self->table->columns[i].name, name) == 0) {
      self->columns[self->n_columns++] = i;
      return 1;
    }
  return damaged (self, "an unknown column; is this program older than the server?");
}

static int
string_cb (void *data, const unsigned char *text, size_t length) {
  Reader *self = data;
  if (self->part == PART_TABLES && self->member == MEMBER_DATA) {
    const Value value = { .kind = VALUE_TEXT,
                          .length = (uint32_t) length,
                          .offset = self->texts->len };
    g_byte_array_append (self->texts, text, length);
    g_byte_array_append (self->texts, (const uint8_t *) "", 1);
    return add_value (self, &value);
  }

  g_autofree char *word = g_strndup ((const char *) text, length);
  if (self->part == PART_TOMBSTONES && self->depth == 3 && self->n_words < 2) {
    self->words[self->n_words++] = g_steal_pointer (&word);
  } else if (self->part == PART_TABLES && self->member == MEMBER_NAME && self->depth == 3) {
    self->table = rai_synced_find (word);
    if (self->table == NULL)
      return damaged (self, "an unknown table; is this program older than the server?");
  } else if (self->part == PART_TABLES && self->member == MEMBER_COLUMNS) {
    return name_column (self, word);
  }

  return 1;
}

static bool
is (const unsigned char *text, size_t length, const char *word) {
  return strlen (word) == length && memcmp (text, word, length) == 0;
}

static int
map_key_cb (void *data, const unsigned char *key, size_t length) {
  Reader *self = data;
  if (self->depth == 1)
    self->part = is (key, length, "tombstones") ? PART_TOMBSTONES
                 : is (key, length, "tables")   ? PART_TABLES
                                                : PART_HEAD;
  else if (self->depth == 3 && self->part == PART_TABLES)
    self->member = is (key, length, "name")      ? MEMBER_NAME
                   : is (key, length, "columns") ? MEMBER_COLUMNS
                   : is (key, length, "rows")    ? MEMBER_ROWS
                   : is (key, length, "data")    ? MEMBER_DATA
                                                 : MEMBER_OTHER;

  return 1;
}

static int
start_map_cb (void *data) {
  Reader *self = data;
  if (++self->depth == 3 && self->part == PART_TABLES) {
    self->table = NULL;
    self->member = MEMBER_OTHER;
    self->n_columns = 0;
    self->n_rows = 0;
    g_array_set_size (self->values, 0);
    g_byte_array_set_size (self->texts, 0);
  }

  return 1;
}

static int
end_map_cb (void *data) {
  Reader *self = data;
  bool table = self->depth-- == 3 && self->part == PART_TABLES;
  return table ? write_rows (self) : 1;
}

static int
start_array_cb (void *data) {
  Reader *self = data;
  self->depth++;
  self->row = 0;

  if (self->part == PART_TOMBSTONES) {
    g_clear_pointer (&self->words[0], g_free);
    g_clear_pointer (&self->words[1], g_free);
    self->n_words = 0;
  }

  return 1;
}

static int
end_array_cb (void *data) {
  Reader *self = data;
  bool tombstone = self->depth == 3 && self->part == PART_TOMBSTONES;
  bool column = self->depth == 5 && self->part == PART_TABLES && self->member == MEMBER_DATA;
  self->depth--;
  if (column && self->row != self->n_rows)
    return damaged (self, "a column is too short");
  return tombstone ? delete_row (self) : 1;
}

static const yajl_callbacks callbacks = {
  .yajl_null = null_cb,
  .yajl_integer = integer_cb,
  .yajl_double = double_cb,
  .yajl_string = string_cb,
  .yajl_start_map = start_map_cb,
  .yajl_map_key = map_key_cb,
  .yajl_end_map = end_map_cb,
  .yajl_start_array = start_array_cb,
  .yajl_end_array = end_array_cb,
};

bool
rai_sync_apply (RaiDb *db, GBytes *page, int64_t revision, bool *window, GError **error) {
  Reader self = { .db = db, .revision = revision };
  self.values = g_array_new (FALSE, FALSE, sizeof (Value));
  self.texts = g_byte_array_new ();

  size_t size;
  const unsigned char *text = g_bytes_get_data (page, &size);
  yajl_handle handle = yajl_alloc (&callbacks, NULL, &self);

  bool ok = yajl_parse (handle, text, size) == yajl_status_ok &&
            yajl_complete_parse (handle) == yajl_status_ok;
  if (!ok)
    damaged (&self, "not JSON");

  yajl_free (handle);
  g_array_unref (self.values);
  g_byte_array_unref (self.texts);
  g_free (self.words[0]);
  g_free (self.words[1]);
  if (window != NULL)
    *window = self.window;
  if (self.error != NULL)
    g_propagate_error (error, self.error);

  return ok;
}

/* What an account may no longer see goes from the rows that stay. */
static bool
trim_columns (RaiDb *db, const RaiSyncedTable *table, const RaiIdentity *identity, GError **error) {
  g_autoptr (GString) sql = g_string_new (NULL);
  for (const RaiSyncedColumn *column = table->columns; column->name != NULL; column++)
    if (!rai_identity_may (identity, column->permission))
      g_string_append_printf (sql, "%s%s = %s", sql->len > 0 ? ", " : "", column->name,
                              rai_synced_expression (column, identity));
  if (sql->len == 0)
    return true;

  g_autofree char *update = g_strdup_printf ("UPDATE %s SET %s", table->name, sql->str);
  return rai_db_exec (db, update, error);
}

bool
rai_sync_trim (RaiDb *db, const RaiIdentity *identity, bool only_days, GError **error) {
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    bool may = rai_identity_may (identity, table->permission);
    if (only_days && rai_synced_days (table, identity) == 0)
      continue;
    g_autofree char *condition = may ? rai_synced_condition (table, identity) : g_strdup ("FALSE");
    g_autofree char *sql =
        g_strdup_printf ("DELETE FROM %s WHERE (%s) IS NOT TRUE", table->name, condition);
    if (!rai_db_exec (db, sql, error) || (!only_days && !trim_columns (db, table, identity, error)))
      return false;
  }

  return true;
}
