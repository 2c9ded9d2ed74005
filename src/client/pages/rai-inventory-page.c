/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-inventory-page.h"

#include "client/model/rai-format.h"
#include "client/model/rai-gradual-model.h"
#include "client/model/rai-sparks.h"
#include "client/model/rai-words.h"
#include "client/pages/rai-import-dialog.h"
#include "client/widgets/rai-chip.h"
#include "client/widgets/rai-column.h"
#include "client/widgets/rai-cover-bar.h"
#include "client/widgets/rai-item-pane.h"
#include "client/widgets/rai-sparkline.h"
#include "core/rai-plan.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

struct _RaiInventoryPage {
  RaiPage parent_instance;
  GtkSearchEntry *search;
  GtkDropDown *status; /* "All", then by RaiPlanStatus */
  GtkDropDown *department;
  GtkLabel *caption;
  GtkColumnView *view;
  GtkWidget *flap; /* only known by name in the .ui */
  RaiItemPane *pane;
  GtkStack *list_stack;
  AdwStatusPage *nothing;

  RaiQueryModel *model;
  GtkSingleSelection *selection;
  RaiSparks *sparks;
  GtkColumnViewColumn *wide_columns[6]; /* hidden when it is narrow */
  GArray *departments; /* int64_t ids, in the order of the drop-down's rows after "All" */
  int64_t site;
  int64_t item;   /* in the pane; 0: none */
  int64_t wanted; /* whose row is to be selected; 0: none */
  char *sku;      /* of that one, once it is known */
  bool searched;  /* for it, because it is far down */
  char *order;    /* that is to be received: its first item opens; NULL: none */
  int width;
};

G_DEFINE_FINAL_TYPE (RaiInventoryPage, rai_inventory_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiInventoryPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

/* ---- Cells ---- */

static GtkWidget *
make_item (void *data) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (int i = 0; i < 2; i++) {
    GtkWidget *label = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_box_append (GTK_BOX (box), label);
  }

  GtkLabel *first = GTK_LABEL (gtk_widget_get_first_child (box));
  gtk_label_set_wrap (first, TRUE);
  gtk_label_set_wrap_mode (first, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (first, 2);

  GtkWidget *second = gtk_widget_get_last_child (box);
  gtk_widget_add_css_class (second, "caption");
  gtk_widget_add_css_class (second, "dim-label");

  return box;
}

static void
show_item (GtkWidget *cell, RaiRow *row, void *data) {
  const char *name = rai_row_get_text (row, "name");
  const char *sku = rai_row_get_text (row, "sku");
  const char *department = rai_row_get_text (row, "department");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (cell)), name != NULL ? name : "…");
  g_autofree char *below = sku != NULL ? g_strjoin (" · ", sku, department, NULL) : NULL;
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (cell)), below != NULL ? below : "");
}

static char *
on_hand_text (RaiRow *row, void *data) {
  const char *unit = rai_row_get_text (row, "unit");
  int64_t on_hand = rai_row_get_int (row, "on_hand");
  if (!rai_row_get_int (row, "tracked"))
    return g_strdup ("–");
  /* Pieces go without saying. */
  return g_strcmp0 (unit, "piece") == 0 ? rai_format_quantity (on_hand)
                                        : rai_format_quantity_unit (on_hand, unit);
}

static char *
on_order_text (RaiRow *row, void *data) {
  int64_t quantity = rai_row_get_int (row, "on_order");
  return quantity > 0 ? rai_format_quantity (quantity) : NULL;
}

static char *
daily_text (RaiRow *row, void *data) {
  return rai_row_is_null (row, "daily") ? NULL
                                        : rai_format_number (rai_row_get_double (row, "daily"), 1);
}

static char *
delivery_text (RaiRow *row, void *data) {
  if (rai_row_is_null (row, "next_delivery"))
    return NULL;
  return rai_format_day ((RaiDay) rai_row_get_int (row, "next_delivery"),
                         rai_session_get_today (session_of (data)));
}

static GtkWidget *
make_cover (void *data) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (box), rai_cover_bar_new ());
  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_cover (GtkWidget *cell, RaiRow *row, void *data) {
  int64_t days = rai_words_cover_days (row);
  rai_cover_bar_set (RAI_COVER_BAR (gtk_widget_get_first_child (cell)), days,
                     rai_row_get_int (row, "lead_days"));
  g_autofree char *text = days >= 0 ? rai_format_days (days) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (cell)), text);
}

static void
show_spark (GtkWidget *cell, RaiRow *row, void *data) {
  RaiInventoryPage *self = data;
  bool loaded = rai_row_is_loaded (row);
  const double *values =
      loaded ? rai_sparks_get (self->sparks, rai_row_get_int (row, "item_id")) : NULL;

  rai_sparkline_set_values (RAI_SPARKLINE (gtk_widget_get_first_child (cell)), values,
                            values != NULL ? RAI_SPARKS_DAYS : 0);

  g_autofree char *text =
      loaded ? rai_format_quantity (rai_row_get_int (row, "quantity_28")) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (cell)), text);
}

static void
sparks_arrived_cb (GtkWidget *cell, RaiSparks *sparks) {
  RaiRow *row = rai_cell_get_row (cell);
  GtkWidget *page = gtk_widget_get_ancestor (cell, RAI_TYPE_INVENTORY_PAGE);
  if (row != NULL && page != NULL)
    show_spark (cell, row, page);
}

static GtkWidget *
make_spark (void *data) {
  RaiInventoryPage *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (box), rai_sparkline_new (80, 24));

  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  g_signal_connect_object (self->sparks, "arrived", G_CALLBACK (sparks_arrived_cb), box,
                           G_CONNECT_SWAPPED);

  return box;
}

static GtkWidget *
make_status (void *data) {
  GtkWidget *chip = rai_chip_new ();
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

static void
show_status (GtkWidget *cell, RaiRow *row, void *data) {
  RaiTone tone = RAI_TONE_PLAIN;
  g_autofree char *text =
      rai_row_is_loaded (row)
          ? rai_words_stock_status (row, rai_session_get_today (session_of (data)), &tone)
          : NULL;
  rai_chip_set (RAI_CHIP (cell), text, tone);
}

static void
add_columns (RaiInventoryPage *self) {
  GtkColumnView *view = self->view;
  GtkColumnViewColumn *name =
      rai_column_append (view, _ ("Item"), "name", make_item, show_item, self);

  gtk_column_view_column_set_expand (name, TRUE);
  rai_column_append_text (view, _ ("On hand"), "on_hand", true, on_hand_text, self);

  GtkColumnViewColumn **wide = self->wide_columns;
  *wide++ = rai_column_append (view, _ ("Lasts"), "cover_days", make_cover, show_cover, self);
  *wide++ =
      rai_column_append (view, _ ("Sold in 28 days"), "quantity_28", make_spark, show_spark, self);
  *wide++ = rai_column_append_text (view, _ ("Expected a day"), "daily", true, daily_text, self);
  *wide++ = rai_column_append_text (view, _ ("On order"), "on_order", true, on_order_text, self);
  *wide++ = rai_column_append_text (view, _ ("Next delivery"), "next_delivery", false,
                                    delivery_text, self);
  *wide++ = NULL;
  rai_column_append (view, _ ("Status"), "stockout_day", make_status, show_status, self);
}

/* ---- The list ---- */

static GHashTable *
list_arguments (RaiInventoryPage *self) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (arguments, g_strdup ("site"), g_strdup_printf ("%" PRId64, self->site));

  g_autofree char *search =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  if (*search)
    g_hash_table_insert (arguments, g_strdup ("search"), g_steal_pointer (&search));

  unsigned status = gtk_drop_down_get_selected (self->status);
  if (status > 0 && status <= RAI_N_PLAN_STATUSES)
    g_hash_table_insert (arguments, g_strdup ("status"),
                         g_strdup (rai_plan_status_id ((RaiPlanStatus) (status - 1))));

  unsigned department = gtk_drop_down_get_selected (self->department);
  if (department > 0 && department <= self->departments->len)
    g_hash_table_insert (
        arguments, g_strdup ("department"),
        g_strdup_printf ("%" PRId64, g_array_index (self->departments, int64_t, department - 1)));

  return arguments;
}

static void
filter_changed_cb (RaiInventoryPage *self) {
  if (self->model != NULL && self->site != 0)
    rai_query_model_set_arguments (self->model, list_arguments (self));
}

static void
sort_changed_cb (RaiInventoryPage *self) {
  g_autofree char *sort = rai_column_view_get_sort (self->view);
  rai_query_model_set_sort (self->model, sort);
}

static bool
is_filtered (RaiInventoryPage *self) {
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) ||
         gtk_drop_down_get_selected (self->status) > 0 ||
         gtk_drop_down_get_selected (self->department) > 0;
}

static void
update_caption (RaiInventoryPage *self) {
  unsigned n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *count = rai_format_number (n, 0);
  g_autofree char *items = g_strdup_printf (ngettext ("%s item", "%s items", n), count);
  bool all = rai_session_get_site (session_of (self)) == 0 &&
             g_list_model_get_n_items (rai_session_get_sites (session_of (self))) > 1;

  g_autoptr (RaiRow) first = g_list_model_get_item (rai_session_get_sites (session_of (self)), 0);
  const char *name = first != NULL ? rai_row_get_text (first, "name") : NULL;

  /* Translators: stock is shown for one store while "All stores" is chosen: the number of items,
   * the store's name */
  g_autofree char *text =
      all && name != NULL
          ? g_strdup_printf (_ ("%s at %s: choose a store above to see its own stock"), items, name)
          : g_steal_pointer (&items);

  gtk_label_set_label (self->caption, text);
}

/* Rows that are looked through for the item in the pane: those of the model's first page. */
#define ROWS_AT_HAND 50

/* false: it is not among the rows at hand. */
static bool
select_wanted (RaiInventoryPage *self) {
  unsigned n = MIN (ROWS_AT_HAND, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
  for (unsigned i = 0; i < n; i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    if (!rai_row_is_loaded (row) || rai_row_get_int (row, "item_id") != self->wanted)
      continue;
    self->wanted = 0;
    gtk_single_selection_set_selected (self->selection, i);
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                "list.scroll-to-item", "u", i);
    return true;
  }

  return false;
}

/* The row of the item in the pane is shown: of one far down in the list by searching for it. */
static void
find_wanted (RaiInventoryPage *self) {
  if (self->wanted == 0 || rai_query_model_get_loading (self->model) || select_wanted (self))
    return;

  if (self->searched) {
    self->wanted = 0;
  } else if (self->sku != NULL) {
    self->searched = true;
    gtk_editable_set_text (GTK_EDITABLE (self->search), self->sku);
    gtk_drop_down_set_selected (self->status, 0);
    gtk_drop_down_set_selected (self->department, 0);
  }
}

static void
list_loaded_cb (RaiInventoryPage *self) {
  if (rai_query_model_get_loading (self->model))
    return;
  update_caption (self);

  bool any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  if (!any) {
    bool filtered = is_filtered (self);
    adw_status_page_set_title (self->nothing,
                               filtered ? _ ("Nothing matches") : _ ("No items yet"));
    adw_status_page_set_description (
        self->nothing,
        filtered ? _ ("Search for part of a name, an article number or a bar code.")
                 : _ ("Items appear here with the first sales or deliveries of this store."));
  }

  gtk_stack_set_visible_child_name (self->list_stack, any ? "list" : "nothing");
  find_wanted (self);
}

/* As many columns as fit beside the pane: names of items need room to be read. */
static void
update_columns (RaiInventoryPage *self) {
  static const int needs[] = { 560, 680, 900, 960, 800 };
  gboolean folded = FALSE;
  g_object_get (self->flap, "folded", &folded, NULL);
  int width = self->width - (self->item != 0 && !folded ? RAI_ITEM_PANE_WIDTH : 0);
  for (int i = 0; self->wide_columns[i]; i++)
    gtk_column_view_column_set_visible (self->wide_columns[i], width >= needs[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->department), width >= RAI_PAGE_NARROW);
}

static void
rai_inventory_page_resized (RaiPage *page, int width) {
  RAI_INVENTORY_PAGE (page)->width = width;
  update_columns (RAI_INVENTORY_PAGE (page));
}

/* ---- The pane ---- */

static char *
format_day (RaiDay day) {
  char buffer[11];
  return g_strdup (rai_day_format (day, buffer));
}

static void
item_loaded (RaiPage *page, RaiRows *rows) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  if (rai_rows_count (rows) > 0 && rai_rows_get_int (rows, 0, "item_id") == self->item)
    rai_item_pane_set_item (self->pane, rows, session_of (self));
  if (rai_rows_count (rows) > 0 && rai_rows_get_int (rows, 0, "item_id") == self->wanted) {
    g_free (self->sku);
    self->sku = g_strdup (rai_rows_get_text (rows, 0, "sku"));
    find_wanted (self);
  }
}

static void
movements_loaded (RaiPage *page, RaiRows *rows) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  rai_item_pane_set_movements (self->pane, rows);
}

static void
days_loaded (RaiPage *page, RaiRows *rows) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  RaiDay last = rai_session_get_last_day (session_of (self));
  rai_item_pane_set_days (self->pane, rows, last);
}

static void
load_pane (RaiInventoryPage *self) {
  RaiPage *page = RAI_PAGE (self);
  RaiDay last = rai_session_get_last_day (session_of (self));
  if (self->item == 0 || last == RAI_DAY_NONE)
    return;

  g_autofree char *site = g_strdup_printf ("%" PRId64, self->site);
  g_autofree char *item = g_strdup_printf ("%" PRId64, self->item);
  g_autofree char *from = format_day (last - RAI_ITEM_PANE_DAYS + 1);
  g_autofree char *to = format_day (last);

  rai_page_load (page, "item", rai_query_arguments ("site", site, "item", item, NULL), item_loaded);
  g_autofree char *lines = g_strdup_printf ("%d", RAI_ITEM_PANE_LINES);
  rai_page_load (page, "movements",
                 rai_query_arguments ("site", site, "item", item, "limit", lines, NULL),
                 movements_loaded);
  rai_page_load (page, "item-days",
                 rai_query_arguments ("site", site, "item", item, "from", from, "to", to, NULL),
                 days_loaded);
}

/* Focus that goes with the pane would land anywhere: on a toast, which stays while it has it. */
static void
keep_focus (RaiInventoryPage *self) {
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
open_pane (RaiInventoryPage *self, int64_t item) {
  if (item == 0)
    keep_focus (self);
  if (item != self->item)
    rai_item_pane_forget (self->pane);
  self->item = item;
  g_object_set (self->flap, "reveal-flap", item != 0, NULL);
  update_columns (self);
  if (item != 0)
    load_pane (self);
}

static void
row_activated_cb (RaiInventoryPage *self, unsigned position) {
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (row != NULL && rai_row_is_loaded (row))
    open_pane (self, rai_row_get_int (row, "item_id"));
}

static bool
is_folded (RaiInventoryPage *self) {
  gboolean folded = FALSE;
  g_object_get (self->flap, "folded", &folded, NULL);
  return folded;
}

/* The pane follows the selection. Where it would cover the list, a row must be activated: there the
 * pointer selects the rows that it passes. */
static void
selected_cb (RaiInventoryPage *self) {
  RaiRow *row = gtk_single_selection_get_selected_item (self->selection);
  if (!is_folded (self) && row != NULL && rai_row_is_loaded (row) &&
      rai_row_get_int (row, "item_id") != self->item)
    open_pane (self, rai_row_get_int (row, "item_id"));
}

static void
pane_closed_cb (RaiInventoryPage *self) {
  self->wanted = 0;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  open_pane (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
flap_revealed_cb (RaiInventoryPage *self) {
  gboolean revealed = FALSE;
  g_object_get (self->flap, "reveal-flap", &revealed, NULL);
  if (revealed)
    return;
  self->item = 0;
  update_columns (self);
}

static void
pane_forecast_cb (RaiInventoryPage *self) {
  g_autofree char *target =
      g_strdup_printf ("item=%" PRId64 ",site=%" PRId64, self->item, self->site);
  rai_page_go (RAI_PAGE (self), "forecast", target);
}

/* A scanner types the code and Enter: the first match opens. */
static void
search_activated_cb (RaiInventoryPage *self) {
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  if (row == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  if (rai_row_is_loaded (row))
    open_pane (self, rai_row_get_int (row, "item_id"));
}

/* ---- The page ---- */

static void
show_wanted (RaiInventoryPage *self, int64_t item) {
  self->wanted = item;
  self->searched = false;
  g_clear_pointer (&self->sku, g_free);
  open_pane (self, item);
  find_wanted (self);
}

static void
order_loaded (RaiPage *page, RaiRows *rows) {
  if (rai_rows_count (rows) > 0)
    show_wanted (RAI_INVENTORY_PAGE (page), rai_rows_get_int (rows, 0, "item_id"));
}

/* The items of an order, until they have come. */
static void
load_order (RaiInventoryPage *self) {
  g_autofree char *order = g_steal_pointer (&self->order);
  if (order != NULL)
    rai_page_load (RAI_PAGE (self), "order-lines", rai_query_arguments ("order", order, NULL),
                   order_loaded);
}

static void
departments_loaded (RaiPage *page, RaiRows *rows) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  if (self->departments->len == rai_rows_count (rows))
    return;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("All departments"));
  g_array_set_size (self->departments, 0);

  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    int64_t id = rai_rows_get_int (rows, i, "id");
    g_array_append_val (self->departments, id);
    gtk_string_list_append (names, rai_rows_get_text (rows, i, "name"));
  }

  gtk_drop_down_set_model (self->department, G_LIST_MODEL (names));
}

static void
rai_inventory_page_refresh (RaiPage *page) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  RaiSession *session = session_of (self);
  int64_t site = rai_session_get_one_site (session);

  if (site == 0) {
    rai_import_dialog_show_empty (
        page, "rai-inventory-symbolic", _ ("No store yet"),
        _ ("Stores and their items appear here once an administrator has set them up."));
    return;
  }

  rai_page_show_content (page);
  if (rai_session_may (session, RAI_PERMISSION_SEE_RESULTS))
    gtk_widget_remove_css_class (GTK_WIDGET (self->search), "big-search");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->search), "big-search");

  if (site != self->site)
    open_pane (self, 0);
  self->site = site;
  rai_sparks_reset (self->sparks, site, rai_session_get_last_day (session));
  rai_query_model_set_arguments (self->model, list_arguments (self));
  if (!rai_query_model_get_loading (self->model))
    rai_query_model_refresh (self->model);

  rai_page_load (page, "departments", NULL, departments_loaded);
  rai_item_pane_set_may_change (self->pane, rai_session_may (session, RAI_PERMISSION_CHANGE_STOCK));
  load_pane (self);
  load_order (self);
}

static void
rai_inventory_page_attached (RaiPage *page) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  RaiReader *reader = rai_session_get_reader (session_of (self));
  self->sparks = rai_sparks_new (reader);
  self->model = rai_query_model_new (reader, "items");
  rai_page_watch_model (page, self->model);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (list_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (
      G_LIST_MODEL (rai_gradual_model_new (G_LIST_MODEL (self->model), 20)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  add_columns (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
rai_inventory_page_navigate (RaiPage *page, const char *target) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  if (g_str_has_prefix (target, "item=")) {
    self->site = self->site ? self->site : rai_session_get_one_site (session_of (self));
    show_wanted (self, g_ascii_strtoll (target + strlen ("item="), NULL, 10));
    return;
  }

  if (g_str_has_prefix (target, "order=")) {
    g_free (self->order);
    self->order = g_strdup (target + strlen ("order="));
    rai_page_queue_refresh (page);
    return;
  }

  RaiPlanStatus status;
  if (g_str_has_prefix (target, "status=") &&
      rai_plan_status_parse (target + strlen ("status="), &status))
    gtk_drop_down_set_selected (self->status, (unsigned) status + 1);
}

static bool
rai_inventory_page_start_search (RaiPage *page) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (page);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
  return true;
}

static void
rai_inventory_page_init (RaiInventoryPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  GtkStringList *statuses = GTK_STRING_LIST (gtk_drop_down_get_model (self->status));
  for (int i = 0; i < RAI_N_PLAN_STATUSES; i++)
    gtk_string_list_append (statuses, _ (rai_plan_status_title ((RaiPlanStatus) i)));

  self->departments = g_array_new (FALSE, FALSE, sizeof (int64_t));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
}

static void
rai_inventory_page_dispose (GObject *object) {
  RaiInventoryPage *self = RAI_INVENTORY_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_INVENTORY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->sparks);
  g_clear_pointer (&self->departments, g_array_unref);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->sku, g_free);
  G_OBJECT_CLASS (rai_inventory_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class) {
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-inventory-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, status);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, department);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, caption);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, view);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, flap);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, RaiInventoryPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_forecast_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_revealed_cb);
}

static void
rai_inventory_page_class_init (RaiInventoryPageClass *klass) {
  RaiPageClass *page_class = RAI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_inventory_page_dispose;
  page_class->refresh = rai_inventory_page_refresh;
  page_class->attached = rai_inventory_page_attached;
  page_class->resized = rai_inventory_page_resized;
  page_class->navigate = rai_inventory_page_navigate;
  page_class->start_search = rai_inventory_page_start_search;
  g_type_ensure (RAI_TYPE_ITEM_PANE);
  bind_template (GTK_WIDGET_CLASS (klass));
}
