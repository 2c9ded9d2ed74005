/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-page.h"

#include "client/pages/rai-aside-group.h"
#include "client/pages/rai-dashboard-company.h"
#include "client/pages/rai-dashboard-find.h"
#include "client/pages/rai-dashboard-multiples.h"
#include "client/pages/rai-dashboard-sections.h"
#include "client/pages/rai-import-dialog.h"
#include "client/widgets/rai-chart-split.h"
#include "client/widgets/rai-heat-map.h"
#include "client/widgets/rai-ranking-row.h"
#include "client/widgets/rai-tile.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* From here on, four tiles have room beside each other. */
#define FOUR_TILES_WIDTH 900

struct _RaiDashboardPage {
  RaiPage parent_instance;
  RaiDashboardData *data;
  unsigned waiting; /* a bit for each RaiDashboardSlot that the data still miss */
};

G_DEFINE_FINAL_TYPE (RaiDashboardPage, rai_dashboard_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiDashboardPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static RaiDashboardKind
kind_of (RaiSession *session) {
  const RaiIdentity *identity = rai_session_get_identity (session);
  bool one_site = rai_session_get_site (session) != 0 ||
                  g_list_model_get_n_items (rai_session_get_sites (session)) == 1;

  if (!rai_session_may (session, RAI_PERMISSION_SEE_RESULTS))
    return RAI_DASHBOARD_FLOOR;
  if (identity != NULL && identity->role == RAI_ROLE_ADMIN && rai_session_get_site (session) == 0)
    return RAI_DASHBOARD_SYSTEM;
  if (one_site)
    return RAI_DASHBOARD_STORE;

  /* Whose stores are named sees them as a region: the company's forecast is not theirs. */
  return identity != NULL && identity->role >= RAI_ROLE_EXECUTIVE && identity->all_sites
             ? RAI_DASHBOARD_COMPANY
             : RAI_DASHBOARD_REGION;
}

static void *
child (RaiDashboardPage *self, const char *name) {
  return gtk_widget_get_template_child (GTK_WIDGET (self), RAI_TYPE_DASHBOARD_PAGE, name);
}

static void
get_parts (RaiDashboardPage *self, const RaiDashboardSection *section,
           GtkWidget *parts[RAI_DASHBOARD_MAX_PARTS]) {
  for (unsigned i = 0; section->parts[i] != NULL; i++)
    parts[i] = child (self, section->parts[i]);
}

/* ---- Showing ---- */

static void
show_section (RaiDashboardPage *self, const RaiDashboardSection *section) {
  GtkWidget *parts[RAI_DASHBOARD_MAX_PARTS] = { NULL };
  bool shown = section->kinds & self->data->kind;
  get_parts (self, section, parts);
  if (shown)
    shown = section->fill (self->data, RAI_PAGE (self), parts);
  gtk_widget_set_visible (child (self, section->id), shown);
}

/* All sections when the last answer has come; those it is for when an answer comes again. */
static void
answered (RaiPage *page, RaiDashboardSlot slot, RaiRows *rows) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  unsigned bit = 1u << slot;
  bool again = self->waiting == 0;

  rai_dashboard_data_set (self->data, slot, rows);
  self->waiting &= ~bit;
  if (self->waiting != 0)
    return;

  for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++)
    if (!again || (section->needs & bit))
      show_section (self, section);
}

/* ---- Asking ---- */

#define ANSWERED(SLOT) \
  static void SLOT##_answered (RaiPage *page, RaiRows *rows) { \
    answered (page, RAI_DASHBOARD_##SLOT, rows); \
  }
RAI_DASHBOARD_FOR_EACH_ANSWER (ANSWERED)
#undef ANSWERED

static const RaiPageLoaded loaded[RAI_DASHBOARD_N_SLOTS] = {
#define LOADED(SLOT) [RAI_DASHBOARD_##SLOT] = SLOT##_answered,
  RAI_DASHBOARD_FOR_EACH_ANSWER (LOADED)
#undef LOADED
};

static void
ask (RaiDashboardPage *self) {
  RaiDashboardData *data = self->data;
  self->waiting = rai_dashboard_needs (data->kind);

  for (unsigned slot = 0; slot < RAI_DASHBOARD_N_SLOTS; slot++) {
    const RaiDashboardQuery *query = &rai_dashboard_queries[slot];
    if (self->waiting & 1u << slot)
      rai_page_load (RAI_PAGE (self), query->query,
                     query->arguments != NULL ? query->arguments (data) : NULL, loaded[slot]);
  }

  for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++)
    if (section->start != NULL && (section->kinds & data->kind)) {
      GtkWidget *parts[RAI_DASHBOARD_MAX_PARTS] = { NULL };
      get_parts (self, section, parts);
      section->start (data, RAI_PAGE (self), parts);
    }
}

/* Whoever has one store sees that, in whatever role. */
static int64_t
site_of (RaiSession *session, RaiDashboardKind kind) {
  bool of_one_site = kind == RAI_DASHBOARD_STORE || kind == RAI_DASHBOARD_FLOOR;
  return of_one_site || rai_session_get_site_row (session) != NULL
             ? rai_session_get_one_site (session)
             : 0;
}

/* 0: nobody said them, or there is no one store. */
static unsigned
open_weekdays_of (RaiSession *session, int64_t id) {
  GListModel *sites = rai_session_get_sites (session);
  for (unsigned i = 0; i < g_list_model_get_n_items (sites); i++) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, i);
    if (rai_row_get_int (site, "id") == id)
      return rai_row_is_null (site, "open_since")
                 ? 0
                 : (unsigned) rai_row_get_int (site, "open_weekdays");
  }
  return 0;
}

static void
rai_dashboard_page_refresh (RaiPage *page) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  RaiSession *session = session_of (self);
  const RaiIdentity *identity = rai_session_get_identity (session);
  RaiDashboardData *data = rai_dashboard_data_new ();

  data->kind = kind_of (session);
  data->today = rai_session_get_today (session);
  data->last_day = rai_session_get_last_day (session);
  data->currency = g_strdup (rai_session_get_currency (session));
  data->site = site_of (session, data->kind);
  data->open_weekdays = open_weekdays_of (session, data->site);
  data->some = identity != NULL && !identity->all_sites;
  g_clear_pointer (&self->data, rai_dashboard_data_free);
  self->data = data;
  self->waiting = 0;
  rai_dashboard_multiples_clear (child (self, "multiples"));

  if (data->last_day == RAI_DAY_NONE) {
    rai_import_dialog_show_empty (
        page, "rai-dashboard-symbolic", _ ("No sales yet"),
        _ ("As soon as tills or a file bring sales, this page says how yesterday went, what today "
           "will bring and what there is to do."));
    return;
  }

  rai_page_show_content (page);
  ask (self);
}

/* ---- Acting ---- */

static void
choose_site (RaiDashboardPage *self, int64_t site) {
  if (site != 0)
    rai_session_set_site (session_of (self), site);
}

static void
ranking_activated_cb (RaiDashboardPage *self, GtkListBoxRow *row) {
  choose_site (self, rai_ranking_row_get_key (RAI_RANKING_ROW (row)));
}

static void
heat_activated_cb (RaiDashboardPage *self, unsigned row) {
  choose_site (self, rai_dashboard_company_heat_site (self->data, row));
}

static void
multiple_chosen_cb (RaiDashboardPage *self, int64_t site) {
  choose_site (self, site);
}

/* The chart that stands without the sum gets it; one that is still to be filled will have it. */
static void
multiples_summed_cb (RaiDashboardPage *self, RaiDashboardMultiples *multiples) {
  if (self->waiting == 0)
    rai_dashboard_multiples_add_sum (multiples, child (self, "chart"));
}

/* For bindings of the template: what a label says decides what is visible. */
static gboolean
has_text (GObject *object, const char *text) {
  return text != NULL && *text != '\0';
}

static gboolean
has_no_text (GObject *object, const char *text) {
  return !has_text (object, text);
}

static void
open_forecast_cb (RaiDashboardPage *self) {
  g_autofree char *target = self->data != NULL && self->data->site
                                ? g_strdup_printf ("site=%" PRId64, self->data->site)
                                : g_strdup ("company");
  rai_page_go (RAI_PAGE (self), "forecast", target);
}

static bool
rai_dashboard_page_start_search (RaiPage *page) {
  GtkWidget *find = child (RAI_DASHBOARD_PAGE (page), "find_section");
  return gtk_widget_get_visible (find) && gtk_widget_grab_focus (find);
}

static void
rai_dashboard_page_dispose (GObject *object) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_DASHBOARD_PAGE);
  g_clear_pointer (&self->data, rai_dashboard_data_free);
  G_OBJECT_CLASS (rai_dashboard_page_parent_class)->dispose (object);
}

/* Binds a child of the template once, however many sections name it. */
static void
bind_child (GtkWidgetClass *class, GHashTable *bound, const char *name) {
  if (g_hash_table_add (bound, (char *) name))
    gtk_widget_class_bind_template_child_full (class, name, FALSE, 0);
}

static void
bind_children (GtkWidgetClass *class) {
  g_autoptr (GHashTable) bound = g_hash_table_new (g_str_hash, g_str_equal);
  for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++) {
    bind_child (class, bound, section->id);
    for (unsigned i = 0; section->parts[i] != NULL; i++)
      bind_child (class, bound, section->parts[i]);
  }
}

/* Four tiles stand in one row, two or four: never one alone below three. */
static void
rai_dashboard_page_resized (RaiPage *page, int width) {
  GtkFlowBox *tiles = GTK_FLOW_BOX (child (RAI_DASHBOARD_PAGE (page), "tiles_section"));
  gtk_flow_box_set_max_children_per_line (tiles, width >= FOUR_TILES_WIDTH ? 4 : 2);
}

static void
rai_dashboard_page_class_init (RaiDashboardPageClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  RaiPageClass *page_class = RAI_PAGE_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_dashboard_page_dispose;
  page_class->refresh = rai_dashboard_page_refresh;
  page_class->start_search = rai_dashboard_page_start_search;
  page_class->resized = rai_dashboard_page_resized;
  g_type_ensure (RAI_TYPE_TILE);
  g_type_ensure (RAI_TYPE_ASIDE_GROUP);
  g_type_ensure (RAI_TYPE_CHART);
  g_type_ensure (RAI_TYPE_HEAT_MAP);
  g_type_ensure (RAI_TYPE_CHART_SPLIT);
  g_type_ensure (RAI_TYPE_DASHBOARD_FIND);
  g_type_ensure (RAI_TYPE_DASHBOARD_MULTIPLES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-dashboard-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ranking_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, heat_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, multiple_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, multiples_summed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_forecast_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, has_no_text);
}

static void
rai_dashboard_page_init (RaiDashboardPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}
