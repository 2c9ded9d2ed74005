/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"

#include "util/rai-uuid.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

typedef struct {
  bool given;
  int64_t number;
  double real;
  char *text;
  GPtrArray *list; /* RaiArguments */
} Value;

struct _RaiArguments {
  const RaiArgument *table;
  size_t n;
  Value values[];
};

static RaiArguments *
parse_object (const RaiArgument *table, JsonObject *object, const char *where, GError **error);

static bool
refuse (GError **error, const char *where, const char *name, const char *why) {
  g_set_error (error, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_ARGUMENT, "%s%s: %s", where, name, why);
  return false;
}

/* What holds for a type where the descriptor says nothing else. false: anything. */
static bool
usual_bounds (RaiValueType type, int64_t *minimum, int64_t *maximum) {
  switch (type) {
    case RAI_VALUE_QUANTITY:
      *minimum = -RAI_QUANTITY_MAX;
      *maximum = RAI_QUANTITY_MAX;
      return true;
    case RAI_VALUE_MONEY:
      *minimum = -RAI_MONEY_MAX;
      *maximum = RAI_MONEY_MAX;
      return true;
    case RAI_VALUE_TEXT:
      *minimum = 0;
      *maximum = RAI_TEXT_MAX;
      return true;
    default:
      return false;
  }
}

static bool
check_bounds (const RaiArgument *argument, double value, const char *what, const char *where,
              GError **error) {
  int64_t minimum = argument->minimum, maximum = argument->maximum;

  if (minimum == 0 && maximum == 0 && !usual_bounds (argument->type, &minimum, &maximum))
    return true;
  if (value >= (double) minimum && value <= (double) maximum)
    return true;

  g_autofree char *why = g_strdup_printf (
      "%s must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, what, minimum, maximum);
  return refuse (error, where, argument->name, why);
}

/* Longest texts that are names: they stand in one line. */
#define NAME_MAX_LENGTH 200

bool
rai_arguments_is_shown (gunichar c) {
  bool direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  return !direction && !g_unichar_iscntrl (c);
}

/* Notes may have more than one line. */
static bool
has_bad_character (const RaiArgument *argument, const char *text) {
  bool name = argument->maximum > 0 && argument->maximum <= NAME_MAX_LENGTH;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    bool layout = !name && (c == '\n' || c == '\t');
    if (!layout && !rai_arguments_is_shown (c))
      return true;
  }

  return false;
}

static bool
is_blank (const char *text) {
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return false;
  return true;
}

static bool
read_whole (JsonNode *node, int64_t *number) {
  if (!JSON_NODE_HOLDS_VALUE (node))
    return false;
  if (json_node_get_value_type (node) == G_TYPE_INT64) {
    *number = json_node_get_int (node);
    return true;
  }

  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return false;

  double real = json_node_get_double (node);
  if (real != floor (real) || fabs (real) > 9007199254740992.0)
    return false;
  *number = (int64_t) real;

  return true;
}

static bool
parse_number (const RaiArgument *argument, JsonNode *node, Value *value, const char *where,
              GError **error) {
  if (!read_whole (node, &value->number))
    return refuse (error, where, argument->name, "a whole number is wanted");
  value->real = (double) value->number;
  return check_bounds (argument, value->real, "the number", where, error);
}

static bool
parse_text (const RaiArgument *argument, JsonNode *node, Value *value, const char *where,
            GError **error) {
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (error, where, argument->name, "a text is wanted");
  value->text = json_node_dup_string (node);
  if (argument->type == RAI_VALUE_UUID)
    return rai_uuid_is_valid (value->text) ||
           refuse (error, where, argument->name, "a UUID is wanted");

  if (argument->type == RAI_VALUE_DAY) {
    value->number = rai_day_parse (value->text, -1);
    if (value->number == RAI_DAY_NONE)
      return refuse (error, where, argument->name, "a day YYYY-MM-DD is wanted");
    return argument->minimum == argument->maximum ||
           (value->number >= argument->minimum && value->number <= argument->maximum) ||
           refuse (error, where, argument->name, "a day of this century is wanted");
  }

  if (has_bad_character (argument, value->text))
    return refuse (error, where, argument->name, "control characters cannot be part of it");
  if (argument->stripped)
    g_strstrip (value->text);
  if (argument->minimum > 0 && is_blank (value->text))
    return refuse (error, where, argument->name, "a text is wanted, not only spaces");

  return check_bounds (argument, (double) g_utf8_strlen (value->text, -1), "the text's length",
                       where, error);
}

static bool
parse_list (const RaiArgument *argument, JsonNode *node, Value *value, const char *where,
            GError **error) {
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, where, argument->name, "a list is wanted");

  JsonArray *array = json_node_get_array (node);
  unsigned length = json_array_get_length (array);
  if (!check_bounds (argument, length, "the list's length", where, error))
    return false;

  value->list = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_arguments_free);
  for (unsigned i = 0; i < length; i++) {
    g_autofree char *element_name = g_strdup_printf ("%s[%u]", argument->name, i);
    g_autofree char *inside = g_strdup_printf ("%s%s.", where, element_name);
    JsonNode *element = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_OBJECT (element))
      return refuse (error, where, element_name, "an object is wanted");
    RaiArguments *fields =
        parse_object (argument->fields, json_node_get_object (element), inside, error);
    if (fields == NULL)
      return false;
    g_ptr_array_add (value->list, fields);
  }

  return true;
}

static bool
parse_value (const RaiArgument *argument, JsonNode *node, Value *value, const char *where,
             GError **error) {
  value->given = true;
  switch (argument->type) {
    case RAI_VALUE_INT:
    case RAI_VALUE_QUANTITY:
    case RAI_VALUE_MONEY:
    case RAI_VALUE_TIME:
    case RAI_VALUE_SITE:
    case RAI_VALUE_ITEM:
      return parse_number (argument, node, value, where, error);
    case RAI_VALUE_DOUBLE:
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING ||
          json_node_get_value_type (node) == G_TYPE_BOOLEAN ||
          !isfinite (json_node_get_double (node)))
        return refuse (error, where, argument->name, "a number is wanted");
      value->real = json_node_get_double (node);
      return check_bounds (argument, value->real, "the number", where, error);
    case RAI_VALUE_BOOL:
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return refuse (error, where, argument->name, "true or false is wanted");
      value->number = json_node_get_boolean (node);
      return true;
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
    case RAI_VALUE_DAY:
      return parse_text (argument, node, value, where, error);
    case RAI_VALUE_LIST:
      return parse_list (argument, node, value, where, error);
    case RAI_VALUE_BLOB:
      break;
  }

  return refuse (error, where, argument->name, "cannot be given");
}

static int
find (const RaiArgument *table, const char *name) {
  for (int i = 0; table[i].name != NULL; i++)
    if (strcmp (table[i].name, name) == 0)
      return i;
  return -1;
}

static bool
check_names (const RaiArgument *table, JsonObject *object, const char *where, GError **error) {
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *at = members; at != NULL; at = at->next)
    if (find (table, at->data) < 0)
      return refuse (error, where, at->data, "no such argument");
  return true;
}

static RaiArguments *
new_arguments (const RaiArgument *table) {
  size_t n = 0;
  while (table[n].name != NULL)
    n++;

  RaiArguments *arguments = g_malloc0 (sizeof *arguments + n * sizeof (Value));
  arguments->table = table;
  arguments->n = n;
  return arguments;
}

static RaiArguments *
parse_object (const RaiArgument *table, JsonObject *object, const char *where, GError **error) {
  if (!check_names (table, object, where, error))
    return NULL;

  g_autoptr (RaiArguments) arguments = new_arguments (table);
  for (size_t i = 0; i < arguments->n; i++) {
    JsonNode *node = json_object_get_member (object, table[i].name);
    if (node == NULL || JSON_NODE_HOLDS_NULL (node)) {
      if (table[i].required) {
        refuse (error, where, table[i].name, "is missing");
        return NULL;
      }
    } else if (!parse_value (&table[i], node, &arguments->values[i], where, error)) {
      return NULL;
    }
  }

  return g_steal_pointer (&arguments);
}

RaiArguments *
rai_arguments_parse (const RaiArgument *table, const char *json, GError **error) {
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  if (!json_parser_load_from_data (parser, json, -1, &reason)) {
    g_set_error (error, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_ARGUMENT, "arguments: not JSON: %s",
                 reason->message);
    return NULL;
  }

  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_ARGUMENT,
                 "arguments: a JSON object is wanted");
    return NULL;
  }

  return parse_object (table, json_node_get_object (root), "", error);
}

/* ---- Building ---- */

static RaiArguments *build (const RaiArgument *table, const RaiArgumentValue *values);

/* false: a programmer's error, which was told. */
static bool
take_value (const RaiArgument *argument, const RaiArgumentValue *given, Value *value) {
  char day[11];
  value->given = true;
  value->number = given->number;
  value->real = given->real;

  switch (argument->type) {
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
      value->text = g_strdup (given->text);
      value->given = given->text != NULL;
      return true;
    case RAI_VALUE_DAY:
      value->text = g_strdup (rai_day_format ((RaiDay) given->number, day));
      return true;
    case RAI_VALUE_LIST:
      value->list = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_arguments_free);
      for (size_t i = 0; given->list != NULL && given->list[i] != NULL; i++) {
        RaiArguments *fields = build (argument->fields, given->list[i]);
        if (fields == NULL)
          return false;
        g_ptr_array_add (value->list, fields);
      }
      return true;
    default:
      return true;
  }
}

static RaiArguments *
build (const RaiArgument *table, const RaiArgumentValue *values) {
  g_autoptr (RaiArguments) arguments = new_arguments (table);
  for (size_t i = 0; values[i].name != NULL; i++) {
    int at = find (table, values[i].name);
    g_return_val_if_fail (at >= 0, NULL);
    if (!take_value (&table[at], &values[i], &arguments->values[at]))
      return NULL;
  }

  for (size_t i = 0; i < arguments->n; i++)
    g_return_val_if_fail (!table[i].required || arguments->values[i].given, NULL);
  return g_steal_pointer (&arguments);
}

char *
rai_arguments_build (const char *command, const RaiArgumentValue *values) {
  const RaiCommand *found = rai_command_find (command);
  g_return_val_if_fail (found != NULL, NULL);
  g_autoptr (RaiArguments) arguments = build (found->arguments, values);
  return arguments != NULL ? rai_arguments_to_json (arguments) : NULL;
}

/* ---- Reading ---- */

void
rai_arguments_free (RaiArguments *arguments) {
  if (arguments == NULL)
    return;
  for (size_t i = 0; i < arguments->n; i++) {
    g_free (arguments->values[i].text);
    if (arguments->values[i].list != NULL)
      g_ptr_array_unref (arguments->values[i].list);
  }
  g_free (arguments);
}

static void
build_object (JsonBuilder *builder, const RaiArguments *arguments) {
  json_builder_begin_object (builder);
  for (size_t i = 0; i < arguments->n; i++) {
    const Value *value = &arguments->values[i];
    if (!value->given)
      continue;
    json_builder_set_member_name (builder, arguments->table[i].name);
    switch (arguments->table[i].type) {
      case RAI_VALUE_DOUBLE:
        json_builder_add_double_value (builder, value->real);
        break;
      case RAI_VALUE_BOOL:
        json_builder_add_boolean_value (builder, value->number != 0);
        break;
      case RAI_VALUE_LIST:
        json_builder_begin_array (builder);
        for (unsigned k = 0; k < value->list->len; k++)
          build_object (builder, g_ptr_array_index (value->list, k));
        json_builder_end_array (builder);
        break;
      default:
        if (value->text != NULL)
          json_builder_add_string_value (builder, value->text);
        else
          json_builder_add_int_value (builder, value->number);
    }
  }

  json_builder_end_object (builder);
}

char *
rai_arguments_to_json (const RaiArguments *arguments) {
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  build_object (builder, arguments);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static const Value *
get (const RaiArguments *arguments, const char *name) {
  int i = find (arguments->table, name);
  g_assert (i >= 0);
  return &arguments->values[i];
}

bool
rai_arguments_takes (const RaiArguments *arguments, const char *name) {
  return find (arguments->table, name) >= 0;
}

bool
rai_arguments_has (const RaiArguments *arguments, const char *name) {
  return get (arguments, name)->given;
}

int64_t
rai_arguments_int (const RaiArguments *arguments, const char *name) {
  return get (arguments, name)->number;
}

const int64_t *
rai_arguments_int_if_said (const RaiArguments *arguments, const char *name, int64_t *store) {
  *store = rai_arguments_int (arguments, name);
  return rai_arguments_has (arguments, name) ? store : NULL;
}

double
rai_arguments_double (const RaiArguments *arguments, const char *name) {
  return get (arguments, name)->real;
}

const char *
rai_arguments_text (const RaiArguments *arguments, const char *name) {
  return get (arguments, name)->text;
}

size_t
rai_arguments_list_length (const RaiArguments *arguments, const char *name) {
  const Value *value = get (arguments, name);
  return value->list != NULL ? value->list->len : 0;
}

const RaiArguments *
rai_arguments_list_at (const RaiArguments *arguments, const char *name, size_t index) {
  const Value *value = get (arguments, name);
  g_return_val_if_fail (value->list != NULL && index < value->list->len, NULL);
  return g_ptr_array_index (value->list, index);
}

/* ---- What follows ---- */

static void
count_quantities (const RaiArguments *arguments, unsigned *n, int64_t *quantity) {
  for (size_t i = 0; i < arguments->n; i++) {
    const Value *value = &arguments->values[i];
    if (!value->given)
      continue;
    if (arguments->table[i].type == RAI_VALUE_QUANTITY) {
      *quantity = value->number;
      (*n)++;
    }
    for (unsigned k = 0; value->list != NULL && k < value->list->len; k++)
      count_quantities (g_ptr_array_index (value->list, k), n, quantity);
  }
}

bool
rai_arguments_get_quantity (const RaiArguments *arguments, int64_t *quantity) {
  unsigned n = 0;
  int64_t found = 0;
  count_quantities (arguments, &n, &found);
  if (n != 1)
    return false;
  *quantity = found;
  return true;
}

static RaiArguments *follow (const RaiArguments *arguments, const RaiArgument *table,
                             const int64_t *quantity, const int64_t *version);

static void
copy_value (const RaiArgument *argument, const Value *from, Value *to, const int64_t *quantity,
            const int64_t *version) {
  *to = *from;
  to->text = g_strdup (from->text);
  to->list = NULL;
  if (quantity != NULL && argument->type == RAI_VALUE_QUANTITY)
    to->number = *quantity;
  if (version != NULL && strcmp (argument->name, "version") == 0)
    to->number = *version;

  if (from->list == NULL)
    return;
  to->list = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_arguments_free);
  for (unsigned k = 0; k < from->list->len; k++)
    g_ptr_array_add (
        to->list, follow (g_ptr_array_index (from->list, k), argument->fields, quantity, version));
}

static RaiArguments *
follow (const RaiArguments *arguments, const RaiArgument *table, const int64_t *quantity,
        const int64_t *version) {
  RaiArguments *next = new_arguments (table);
  for (size_t i = 0; i < next->n; i++) {
    int at = find (arguments->table, table[i].name);
    if (at >= 0 && arguments->values[at].given)
      copy_value (&table[i], &arguments->values[at], &next->values[i], quantity, version);
  }

  return next;
}

char *
rai_arguments_follow (const RaiArguments *arguments, const RaiCommand *next,
                      const int64_t *quantity, const RaiAnswer *answer) {
  int64_t version = 0, only = 0;
  bool newer = answer != NULL && rai_answer_get_int (answer, "version", &version);
  bool one = quantity != NULL && rai_arguments_get_quantity (arguments, &only);
  g_autoptr (RaiArguments) made =
      follow (arguments, next->arguments, one ? quantity : NULL, newer ? &version : NULL);
  return rai_arguments_to_json (made);
}
