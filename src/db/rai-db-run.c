/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-run.h"

/* Between the letters of the parameters and those of the columns. */
#define COLUMNS_FOLLOW '>'

static void
bind_one (RaiStatement *statement, int parameter, char type, va_list *values) {
  switch (type) {
    case 'i':
      rai_statement_bind_int (statement, parameter, va_arg (*values, int64_t));
      break;
    case 'd':
      rai_statement_bind_double (statement, parameter, va_arg (*values, double));
      break;
    case 't':
      rai_statement_bind_text (statement, parameter, va_arg (*values, const char *));
      break;
    case 'b': {
      const void *data = va_arg (*values, const void *);
      const size_t size = va_arg (*values, size_t);
      if (data != NULL)
        rai_statement_bind_blob (statement, parameter, data, size);
      else
        rai_statement_bind_null (statement, parameter);
      break;
    }
    case 'I': {
      const int64_t *number = va_arg (*values, const int64_t *);
      if (number != NULL)
        rai_statement_bind_int (statement, parameter, *number);
      else
        rai_statement_bind_null (statement, parameter);
      break;
    }
    case 'D': {
      const double *number = va_arg (*values, const double *);
      if (number != NULL)
        rai_statement_bind_double (statement, parameter, *number);
      else
        rai_statement_bind_null (statement, parameter);
      break;
    }
    default:
      g_assert (type == 'n');
      rai_statement_bind_null (statement, parameter);
  }
}

int
rai_statement_bind_values (RaiStatement *statement, const char *types, va_list *values) {
  int n = 0;
  for (; types[n] != '\0' && types[n] != COLUMNS_FOLLOW; n++)
    bind_one (statement, n + 1, types[n], values);
  return n;
}

void
rai_statement_bind (RaiStatement *statement, const char *types, ...) {
  va_list values;
  va_start (values, types);
  rai_statement_bind_values (statement, types, &values);
  va_end (values);
}

bool
rai_db_run (RaiDb *db, GError **error, const char *sql, const char *types, ...) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;

  va_list values;
  va_start (values, types);
  rai_statement_bind_values (statement, types, &values);
  va_end (values);

  return rai_statement_run (statement, error);
}

static void
read_columns (RaiStatement *row, const char *types, va_list *targets) {
  for (int i = 0; types[i] != '\0'; i++) {
    void *target = va_arg (*targets, void *);
    if (rai_statement_is_null (row, i))
      continue;

    switch (types[i]) {
      case 'i':
        *(int64_t *) target = rai_statement_int (row, i);
        break;
      case 'd':
        *(double *) target = rai_statement_double (row, i);
        break;
      default:
        g_assert (types[i] == 't');
        *(char **) target = g_strdup (rai_statement_text (row, i));
    }
  }
}

RaiStep
rai_db_row (RaiDb *db, GError **error, const char *sql, const char *types, ...) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return RAI_STEP_FAILED;

  va_list values;
  va_start (values, types);
  const int n = rai_statement_bind_values (statement, types, &values);

  const RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW && types[n] == COLUMNS_FOLLOW)
    read_columns (statement, &types[n + 1], &values);

  va_end (values);
  rai_statement_reset (statement);
  return step;
}

bool
rai_db_each (RaiDb *db, RaiDbEach each, void *data, GError **error, const char *sql,
             const char *types, ...) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;

  va_list values;
  va_start (values, types);
  rai_statement_bind_values (statement, types, &values);
  va_end (values);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    if (!each (statement, data, error))
      break;

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}
