/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-saved-work.h"

#include <string.h>

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define CHANGE(rest) \
  "{\"format\":\"retailai-changes\",\"version\":1,\"login\":\"ada\",\"changes\":[" rest "]}"

static RaiSyncEntry *
new_entry (const char *summary, const char *arguments) {
  RaiSyncEntry *entry = g_new0 (RaiSyncEntry, 1);
  *entry = (RaiSyncEntry){ .id = g_strdup (ID),
                           .name = g_strdup ("stock.count"),
                           .summary = g_strdup (summary),
                           .arguments = g_strdup (arguments),
                           .device = g_strdup ("till 2"),
                           .acted_at = 1728000000123 };
  return entry;
}

static void
test_round_trip (void) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSavedWork) work = g_new0 (RaiSavedWork, 1);
  work->server = g_strdup ("https://shop.example");
  work->login = g_strdup ("ada");
  work->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_sync_entry_free);
  g_ptr_array_add (work->entries,
                   new_entry ("Count: “Oat milk” \\ 1 l", "{\"site\":1,\"note\":\"a \\\"b\\\"\"}"));
  g_ptr_array_add (work->entries, new_entry ("Two", NULL));

  g_autofree char *json = rai_saved_work_write (work, 5);
  g_autoptr (RaiSavedWork) back = rai_saved_work_read (json, strlen (json), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->server, ==, "https://shop.example");
  g_assert_null (back->database);
  g_assert_cmpstr (back->login, ==, "ada");
  g_assert_cmpuint (back->entries->len, ==, 2);

  const RaiSyncEntry *entry = back->entries->pdata[0];
  g_assert_cmpstr (entry->id, ==, ID);
  g_assert_cmpstr (entry->name, ==, "stock.count");
  g_assert_cmpstr (entry->summary, ==, "Count: “Oat milk” \\ 1 l");
  g_assert_cmpstr (entry->arguments, ==, "{\"site\":1,\"note\":\"a \\\"b\\\"\"}");
  g_assert_cmpstr (entry->device, ==, "till 2");
  g_assert_cmpint (entry->acted_at, ==, 1728000000123);
  entry = back->entries->pdata[1];
  g_assert_cmpstr (entry->arguments, ==, "{}");
}

/* Each says what is wrong; none is half read. */
static void
test_bad (void) {
  static const struct {
    const char *json, *message;
  } files[] = {
    { "", "*not a file of saved changes*" },
    { "sku,quantity\n1,2\n", "*not a file of saved changes*" },
    { "[]", "*not a file of saved changes*" },
    { "{\"format\":\"else\",\"login\":\"ada\"}", "*not a file of saved changes*" },
    { "{\"format\":\"retailai-changes\",\"version\":2,\"login\":\"ada\"}", "*newer RetailAI*" },
    { CHANGE ("7"), "Change 1 *" },
    { CHANGE ("{\"id\":\"" ID
              "\",\"name\":\"a\",\"arguments\":{}},{\"id\":\"7\",\"name\":\"a\",\"arguments\":{}}"),
      "Change 2 *" },
    { CHANGE ("{\"id\":\"" ID "\",\"name\":\"\",\"arguments\":{}}"), "Change 1 *" },
    { CHANGE ("{\"id\":\"" ID "\",\"name\":\"a\",\"arguments\":[]}"), "Change 1 *" },
    { CHANGE ("{\"id\":\"" ID "\",\"name\":\"a\"}"), "Change 1 *" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rai_saved_work_read (files[i].json, strlen (files[i].json), &error));
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
    g_assert_true (g_pattern_match_simple (files[i].message, error->message));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/saved-work/round-trip", test_round_trip);
  g_test_add_func ("/sync/saved-work/bad", test_bad);
  return g_test_run ();
}
