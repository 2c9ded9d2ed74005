/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-calendar.h"

#include "rai-test-db.h"
#include "rai-test-import.h"

#define SITE 1
#define ITEM 2
#define DAY 20500

static RaiImport
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiImport import = { .db = db, .calendar = rai_import_calendar_new () };
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
  rai_db_revision (db, &import.rev, &error);
  g_assert_no_error (error);
  return import;
}

static void
end (RaiImport *import) {
  g_autoptr (GError) error = NULL;
  rai_db_commit (import->db, &error);
  g_assert_no_error (error);
  rai_import_calendar_free (import->calendar);
}

static bool
write_day (RaiImport *import, RaiDay day, RaiImportDay what) {
  g_autoptr (GError) error = NULL;
  bool changed = false;
  rai_import_calendar_write (import, SITE, day, &what, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

/* A day says what it says; what it is silent about stays, and nothing is written for nothing. */
static void
days (RaiDb *db) {
  rai_test_db_fill (db);
  RaiImport import = begin (db);
  const RaiImportDay fair = {
    .event = "Fair", .has_temperature = true, .temperature = 8.5, .has_promotion = true
  };
  const RaiImportDay closed = { .has_closed = true, .closed = true, .holiday = "Easter" };
  const RaiImportDay open = { .has_closed = true };

  g_assert_false (write_day (&import, DAY, open)); /* plain, and there were no days before */
  g_assert_true (write_day (&import, DAY, fair));
  g_assert_false (write_day (&import, DAY, fair));
  g_assert_true (write_day (&import, DAY, closed));
  end (&import);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM calendar_day"
                                        " WHERE site_id = 1 AND day = 20500 AND closed = 1"
                                        " AND holiday = 'Easter' AND event = 'Fair'"
                                        " AND temperature = 8.5 AND rain IS NULL"
                                        " AND promotion = 0 AND school_holiday = 0 AND rev = 2"),
                   ==, 1);

  /* Another file: what is stored already is left alone, and a plain day opens again. */
  import = begin (db);
  g_assert_false (write_day (&import, DAY, closed));
  g_assert_true (write_day (&import, DAY, open));
  g_assert_false (write_day (&import, DAY + 1, open));
  g_assert_true (write_day (&import, DAY + 2, (RaiImportDay){ .to_come = true }));
  end (&import);
  g_assert_cmpint (rai_test_number (db, "SELECT closed FROM calendar_day WHERE day = 20500"), ==,
                   0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM calendar_day"), ==, 2);
}

static void
prices (RaiDb *db) {
  rai_test_db_fill (db);
  RaiImport import = begin (db);
  g_autoptr (GError) error = NULL;
  const struct {
    RaiDay day;
    int64_t price;
    bool changed;
  } steps[] = { { DAY, 100, true }, { DAY + 1, 100, false }, { DAY + 2, 90, true } };
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++) {
    bool changed = false;
    rai_import_calendar_price (&import, SITE, ITEM, steps[i].day, steps[i].price, &changed, &error);
    g_assert_no_error (error);
    g_assert_cmpint (changed, ==, steps[i].changed);
  }

  end (&import);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM price"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT price FROM price WHERE first_day = 20502"), ==, 90);
}

/* Days that follow each other are one promotion. */
static void
promotions (RaiDb *db) {
  rai_test_db_fill (db);
  RaiImport import = begin (db);
  g_autoptr (GError) error = NULL;
  const RaiDay days_on[] = { DAY, DAY + 1, DAY + 1, DAY + 5 };
  const bool changes[] = { true, true, false, true };
  for (size_t i = 0; i < G_N_ELEMENTS (days_on); i++) {
    bool changed = false;
    rai_import_calendar_promotion (&import, SITE, ITEM, days_on[i], days_on[i], &changed, &error);
    g_assert_no_error (error);
    g_assert_cmpint (changed, ==, changes[i]);
  }

  end (&import);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM promotion"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT last_day FROM promotion WHERE first_day = 20500"),
                   ==, DAY + 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/import/calendar/days", days);
  rai_test_db_add ("/import/calendar/prices", prices);
  rai_test_db_add ("/import/calendar/promotions", promotions);
  return rai_test_db_end (g_test_run ());
}
