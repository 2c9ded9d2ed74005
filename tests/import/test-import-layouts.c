/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-layouts.h"

#include "import/rai-import-heading.h"

#include <string.h>

static void
test_fields (void) {
  for (int field = 0; field < RAI_N_FIELDS; field++) {
    g_assert_nonnull (rai_import_field_name ((RaiImportField) field));
    g_assert_nonnull (rai_import_field_title ((RaiImportField) field));
  }
  g_assert_cmpstr (rai_import_field_name (RAI_FIELD_LEAD_DAYS), ==, "lead_days");
  g_assert_cmpstr (rai_import_field_title (RAI_FIELD_RECEIPT), ==, "Receipt number");
}

static void
test_kinds (void) {
  const RaiImportColumn *columns = rai_import_kind_columns ("stock");
  g_assert_cmpint (columns[0].field, ==, RAI_FIELD_SITE);
  g_assert_true (columns[0].required);
  g_assert_null (rai_import_kind_columns ("tickets"));

  g_autoptr (GError) error = NULL;
  g_assert_null (rai_import_layout_find ("sales", "square", &error));
  g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "square (receipts)"));
}

/* A layout names each field and each heading once; a kind's own names begin with the field's. */
static void
test_table (void) {
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    bool seen[RAI_N_FIELDS] = { false };
    g_assert_nonnull (layout->title);
    for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++) {
      g_test_message ("%s %s %s", layout->kind, layout->preset, column->names);
      g_assert_false (seen[column->field]);
      seen[column->field] = true;

      const char *const *keys = rai_import_heading_keys (column->names, NULL);
      for (int i = 0; keys[i] != NULL; i++)
        g_assert_cmpstr (keys[i], !=, "");
    }
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-layouts/fields", test_fields);
  g_test_add_func ("/import-layouts/kinds", test_kinds);
  g_test_add_func ("/import-layouts/table", test_table);
  return g_test_run ();
}
