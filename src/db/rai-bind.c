/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-bind.h"

#include <stdarg.h>

static void
bind_all (RaiStatement *statement, const char *types, va_list values) {
  for (int i = 0; types[i] != '\0'; i++) {
    switch (types[i]) {
      case 'i':
        rai_statement_bind_int (statement, i + 1, va_arg (values, int64_t));
        break;
      case 'd':
        rai_statement_bind_double (statement, i + 1, va_arg (values, double));
        break;
      case 't':
        rai_statement_bind_text (statement, i + 1, va_arg (values, const char *));
        break;
      default:
        g_assert (types[i] == 'n');
        rai_statement_bind_null (statement, i + 1);
    }
  }
}

void
rai_bind (RaiStatement *statement, const char *types, ...) {
  va_list values;
  va_start (values, types);
  bind_all (statement, types, values);
  va_end (values);
}

bool
rai_bind_run (RaiDb *db, GError **error, const char *sql, const char *types, ...) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;
  va_list values;
  va_start (values, types);
  bind_all (statement, types, values);
  va_end (values);
  return rai_statement_run (statement, error);
}
