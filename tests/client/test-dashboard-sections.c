/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-sections.h"

#include "client/pages/rai-dashboard-page.h"
#include "client/rai-application.h"

#include <string.h>

/* Who sees each kind of dashboard. */
static const struct {
  RaiDashboardKind kind;
  RaiRole role;
} kinds[RAI_DASHBOARD_N_KINDS] = {
  { RAI_DASHBOARD_STORE, RAI_ROLE_STORE_MANAGER },
  { RAI_DASHBOARD_REGION, RAI_ROLE_REGIONAL_MANAGER },
  { RAI_DASHBOARD_COMPANY, RAI_ROLE_EXECUTIVE },
  { RAI_DASHBOARD_FLOOR, RAI_ROLE_ASSOCIATE },
  { RAI_DASHBOARD_SYSTEM, RAI_ROLE_ADMIN },
};

static const char *const slots[] = {
#define NAME(slot) #slot,
  RAI_DASHBOARD_FOR_EACH_ANSWER (NAME)
#undef NAME
};

static bool
is_paging (const char *argument) {
  return strcmp (argument, "sort") == 0 || strcmp (argument, "limit") == 0 ||
         strcmp (argument, "offset") == 0;
}

static bool
takes (const RaiQuery *query, const char *argument) {
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (strcmp (parameter->name, argument) == 0)
      return true;
  return query->sorts != NULL && is_paging (argument);
}

/* What is asked for is a query that exists, with arguments that it takes and all that it needs. */
static void
check_arguments (const char *slot, const RaiDashboardQuery *asked, RaiDashboardKind kind) {
  const RaiQuery *query = rai_query_find (asked->query);
  g_autoptr (RaiDashboardData) data = rai_dashboard_data_new ();
  data->kind = kind;
  data->last_day = 20000;
  data->today = 20001;
  data->site = kind == RAI_DASHBOARD_STORE || kind == RAI_DASHBOARD_FLOOR ? 7 : 0;
  g_autoptr (GHashTable) arguments =
      asked->arguments != NULL ? asked->arguments (data) : rai_query_arguments (NULL, NULL);

  GHashTableIter iter;
  void *name;
  g_hash_table_iter_init (&iter, arguments);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!takes (query, name))
      g_error ("%s: the query %s takes no argument '%s'", slot, asked->query, (char *) name);

  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (parameter->required && !g_hash_table_contains (arguments, parameter->name))
      g_error ("%s: the query %s needs an argument '%s'", slot, asked->query, parameter->name);
}

static void
test_queries (void) {
  for (unsigned slot = 0; slot < RAI_DASHBOARD_N_SLOTS; slot++) {
    const RaiDashboardQuery *asked = &rai_dashboard_queries[slot];
    if (asked->query == NULL)
      g_error ("%s has no row in rai_dashboard_queries", slots[slot]);

    const RaiQuery *query = rai_query_find (asked->query);
    if (query == NULL)
      g_error ("%s: there is no query %s", slots[slot], asked->query);

    for (unsigned i = 0; i < RAI_DASHBOARD_N_KINDS; i++) {
      if (!(asked->kinds & kinds[i].kind))
        continue;
      if (!rai_role_may (kinds[i].role, query->permission))
        g_error ("%s: a dashboard asks for %s without permission", slots[slot], asked->query);
      if (!(rai_dashboard_needs (kinds[i].kind) & 1u << slot))
        g_error ("%s is had by dashboard %u, of which no section needs it", slots[slot], i);
      check_arguments (slots[slot], asked, kinds[i].kind);
    }
  }
}

static void
test_sections (void) {
  g_autoptr (RaiDashboardPage) page =
      g_object_ref_sink (g_object_new (RAI_TYPE_DASHBOARD_PAGE, NULL));

  for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++) {
    if (section->fill == NULL || section->kinds == 0 || section->parts[0] == NULL)
      g_error ("%s misses its kinds, parts or fill function", section->id);

    GtkWidget *whole = GTK_WIDGET (
        gtk_widget_get_template_child (GTK_WIDGET (page), RAI_TYPE_DASHBOARD_PAGE, section->id));
    if (whole == NULL)
      g_error ("the template has no %s", section->id);

    for (unsigned i = 0; section->parts[i] != NULL; i++)
      if (gtk_widget_get_template_child (GTK_WIDGET (page), RAI_TYPE_DASHBOARD_PAGE,
                                         section->parts[i]) == NULL)
        g_error ("the template has no %s for %s", section->parts[i], section->id);

    for (const RaiDashboardSection *other = rai_dashboard_sections; other != section; other++)
      g_assert_cmpstr (other->id, !=, section->id);
  }
}

static void
test_kinds (void) {
  for (unsigned i = 0; i < RAI_DASHBOARD_N_KINDS; i++) {
    unsigned n = 0;
    for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++)
      n += (section->kinds & kinds[i].kind) != 0;
    g_assert_cmpuint (n, >=, 2); /* the head, and what it is the head of */
    g_assert_cmpuint (rai_dashboard_needs (kinds[i].kind), !=, 0);
  }

  /* The shop floor is not shown results; a region is the sum of its stores. */
  unsigned floor = rai_dashboard_needs (RAI_DASHBOARD_FLOOR),
           region = rai_dashboard_needs (RAI_DASHBOARD_REGION);
  g_assert_cmpuint (floor, ==,
                    1u << RAI_DASHBOARD_DELIVERIES | 1u << RAI_DASHBOARD_OUT |
                        1u << RAI_DASHBOARD_PHANTOMS | 1u << RAI_DASHBOARD_COUNTS);
  g_assert_cmpuint (region & 1u << RAI_DASHBOARD_FORECAST, ==, 0);
  g_assert_cmpuint (region & 1u << RAI_DASHBOARD_RANKING, !=, 0);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/dashboard-sections/queries", test_queries);
  g_test_add_func ("/dashboard-sections/sections", test_sections);
  g_test_add_func ("/dashboard-sections/kinds", test_kinds);

  return g_test_run ();
}
