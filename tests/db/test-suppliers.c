/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-suppliers.h"

#include "rai-test-db.h"

#include <math.h>
#include <string.h>

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
add_and_edit (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);

  /* Nothing but a name, and everything. */
  const int64_t lead_days = 5, weekdays = 18, minimum = 10000;
  const double spread = 1.5;
  const RaiSupplierValues plain = { .name = "Mill" };
  const RaiSupplierValues full = { "Dry Goods", &lead_days, &spread, &weekdays, &minimum };
  g_assert_true (rai_supplier_add (db, 2, "U2", &plain, 7, &error));
  g_assert_true (rai_supplier_add (db, 3, "U3", &full, 7, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM supplier"
                            " WHERE id = 2 AND code = 'U2' AND name = 'Mill' AND lead_days = 2"
                            " AND lead_spread = 0 AND order_weekdays = 127 AND minimum_order = 0"),
                   ==, 1);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM supplier"
               " WHERE id = 3 AND name = 'Dry Goods' AND lead_days = 5 AND lead_spread = 1.5"
               " AND order_weekdays = 18 AND minimum_order = 10000 AND rev = 7"),
      ==, 1);

  /* What is not said stays; what is the same keeps its rev. */
  bool changed = false;
  g_assert_true (rai_supplier_edit (db, 3, &plain, 8, &changed, &error));
  g_assert_no_error (error);
  g_assert_true (changed);
  g_assert_cmpint (get (db, "SELECT lead_days FROM supplier WHERE name = 'Mill' AND rev = 8"), ==,
                   5);
  g_assert_true (rai_supplier_edit (db, 3, &plain, 9, &changed, &error));
  g_assert_false (changed);
  g_assert_cmpint (get (db, "SELECT rev FROM supplier WHERE id = 3"), ==, 8);

  g_assert_false (rai_supplier_edit (db, 3, &(RaiSupplierValues){ .name = "" }, 9, NULL, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
}

static void
faults (void) {
  g_autofree char *long_name = g_strnfill (RAI_SUPPLIER_NAME_MAX + 1, 'x');
  const int64_t minus = -1, zero = 0, days = RAI_SUPPLIER_LEAD_DAYS_MAX + 1, weekdays = 128;
  const double below = -0.1, above = RAI_SUPPLIER_LEAD_DAYS_MAX + 0.1, nothing = NAN;
  const struct {
    RaiSupplierValues values;
    const char *part;
  } cases[] = {
    { { .name = "" }, "name is missing" },
    { { .name = long_name }, "longer than 200" },
    { { .lead_days = &minus }, "out of bounds" },
    { { .lead_days = &days }, "out of bounds" },
    { { .lead_spread = &below }, "out of bounds" },
    { { .lead_spread = &above }, "out of bounds" },
    { { .lead_spread = &nothing }, "out of bounds" },
    { { .minimum_order = &minus }, "out of bounds" },
    { { .order_weekdays = &zero }, "weekday" },
    { { .order_weekdays = &weekdays }, "weekday" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *fault = rai_supplier_fault (&cases[i].values);
    g_assert_nonnull (fault);
    g_assert_nonnull (strstr (fault, cases[i].part));
  }

  g_assert_null (rai_supplier_fault (&(RaiSupplierValues){ .lead_days = &zero }));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/suppliers/faults", faults);
  rai_test_db_add ("/db/suppliers/add-and-edit", add_and_edit);
  return rai_test_db_end (g_test_run ());
}
