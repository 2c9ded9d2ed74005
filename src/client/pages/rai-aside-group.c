/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-aside-group.h"

#include "client/model/rai-format.h"
#include "client/pages/rai-aside-dialog.h"
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "core/rai-aside-reason.h"
#include "proto/rai-rows-json.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>

/* More are not read at once; when these are done with, the next come. */
#define ROWS_SHOWN 50

struct _RaiAsideGroup {
  AdwPreferencesGroup parent_instance;
  bool link;
  RaiPage *page; /* weak: a toast keeps the group longer than the page that it stands in */
  RaiRows *answer;
  GPtrArray *rows;     /* GtkWidget, owned by the group */
  GHashTable *leaving; /* receipts that are taken back unless the user thinks again */
};

G_DEFINE_FINAL_TYPE (RaiAsideGroup, rai_aside_group, ADW_TYPE_PREFERENCES_GROUP)

enum { PROP_LINK = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

#define GROUP_KEY "rai-aside-group"
#define ROW_KEY "rai-aside-row"

static void show (RaiAsideGroup *self);

static RaiSession *
session_of (RaiAsideGroup *self) {
  return self->page != NULL ? rai_page_get_session (self->page) : NULL;
}

/* "1/4711" */
static char *
key_of (RaiRow *row) {
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s/%s", rai_row_get_int (row, "site_id"),
                          rai_row_get_text (row, "receipt"), rai_row_get_text (row, "digest"));
}

/* NONE: one that this program does not know. */
static RaiAsideReason
reason_of (RaiRow *row) {
  RaiAsideReason reason = RAI_ASIDE_NONE;
  rai_aside_reason_parse (rai_row_get_text (row, "reason"), &reason);
  return reason;
}

/* ---- What can be done ---- */

/* A page that is closed has no session any more. */
static void
submit (RaiAsideGroup *self, const char *command, const char *arguments, RaiPageAnswered heard) {
  if (session_of (self) != NULL)
    rai_page_submit_then (self->page, command, arguments, heard, self);
}

/* What it did, if anything, shows in the list. */
static void
dialog_closed_cb (RaiAsideGroup *self) {
  if (session_of (self) != NULL)
    rai_aside_group_ask (self, self->page);
}

/* NULL: the store is not among those of the account any more. */
static RaiRow *
find_site (RaiAsideGroup *self, int64_t id) {
  GListModel *sites = rai_session_get_sites (session_of (self));
  for (unsigned i = 0; i < g_list_model_get_n_items (sites); i++) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, i);
    if (rai_row_get_int (site, "id") == id)
      return g_steal_pointer (&site);
  }
  return NULL;
}

static int64_t
now_of (RaiAsideGroup *self) {
  return rai_now_ms () + rai_session_get_status (session_of (self))->skew;
}

static void
ask_when_cb (RaiAsideGroup *self, GtkWidget *button) {
  RaiRow *row = g_object_get_data (G_OBJECT (button), ROW_KEY);
  g_autoptr (RaiRow) site = find_site (self, rai_row_get_int (row, "site_id"));
  const bool timely = reason_of (row) == RAI_ASIDE_AMOUNT;
  const RaiAsideReceipt receipt = {
    .site = rai_row_get_int (row, "site_id"),
    .number = rai_row_get_text (row, "receipt"),
    .digest = rai_row_get_text (row, "digest"),
    .zone = site != NULL ? rai_row_get_text (site, "zone") : NULL,
    .proposed = rai_row_get_int (row, timely ? "sold_at" : "received_at"),
  };

  RaiAsideDialog *dialog =
      rai_aside_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), session_of (self),
                            &receipt, now_of (self));
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (dialog_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Hidden at once, taken back when its toast is gone, so that it can be thought better of. */
typedef struct {
  RaiAsideGroup *group;
  RaiRow *row;
} Void;

static void
void_free (void *data) {
  Void *one = data;
  g_object_unref (one->group);
  g_object_unref (one->row);
  g_free (one);
}

static void
keep_cb (AdwToast *toast, Void *one) {
  g_autofree char *key = key_of (one->row);
  g_hash_table_remove (one->group->leaving, key);
  if (session_of (one->group) != NULL)
    show (one->group);
}

static void
voided (RaiPage *page, const RaiAnswer *answer, void *data) {
  RaiAsideGroup *self = data;
  if (answer == NULL || answer->status != RAI_ANSWER_APPLIED) {
    g_hash_table_remove_all (self->leaving);
    show (self);
  }
  rai_aside_group_ask (self, page);
}

static void
dismissed_cb (AdwToast *toast, Void *one) {
  g_autofree char *key = key_of (one->row);
  if (!g_hash_table_contains (one->group->leaving, key))
    return;

  g_autofree char *arguments =
      RAI_ARGUMENTS ("sales.void", { "site", .number = rai_row_get_int (one->row, "site_id") },
                     { "receipt", .text = rai_row_get_text (one->row, "receipt") },
                     { "aside", .text = rai_row_get_text (one->row, "digest") },
                     { "reason", .text = _ ("It was set aside, and is not wanted") });
  submit (one->group, "sales.void", arguments, voided);
}

static void
void_cb (RaiAsideGroup *self, GtkWidget *button) {
  RaiRow *row = g_object_get_data (G_OBJECT (button), ROW_KEY);
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    return;

  Void *one = g_new0 (Void, 1);
  *one = (Void){ g_object_ref (self), g_object_ref (row) };
  g_autofree char *text =
      g_strdup_printf (_ ("Receipt %s taken back"), rai_row_get_text (row, "receipt"));
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (keep_cb), one);
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), one);
  g_object_set_data_full (G_OBJECT (toast), "rai-void", one, void_free);
  g_hash_table_add (self->leaving, key_of (row));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  show (self);
}

/* ---- Rows ---- */

/* "Thursday, 1 March 2099, 09:00" by the store's clock */
static char *
time_text (int64_t ms, GTimeZone *zone) {
  const RaiDay day = rai_day_from_ms (ms, zone);
  g_autofree char *date = rai_format_day_long (day);
  g_autofree char *time = rai_format_minutes (rai_day_second_from_ms (ms, zone) / 60);

  /* Translators: a long date, a time of day */
  return g_strdup_printf (_ ("%s, %s"), date, time);
}

/* when: by the store's clock. A newer server may have other reasons. */
static char *
why_text (RaiAsideReason reason, const char *when) {
  switch (reason) {
    case RAI_ASIDE_FUTURE:
      return g_strdup_printf (_ ("It says %s, which was still to come."), when);
    case RAI_ASIDE_PAST:
      return g_strdup_printf (_ ("It says %s: the till’s clock was not set."), when);
    case RAI_ASIDE_DAY:
      return g_strdup_printf (_ ("It says %s, which is far from its business day."), when);
    case RAI_ASIDE_AMOUNT:
      return g_strdup_printf (
          _ ("%s: it sells more, or for more, than can be meant. Say when it was if it is."), when);
    case RAI_ASIDE_NONE:
    case RAI_N_ASIDE_REASONS:
      break;
  }
  return g_strdup_printf (_ ("It says %s."), when);
}

/* "10.50 EUR, 2 lines" */
static char *
amount_text (RaiRow *row, const char *currency) {
  g_autoptr (RaiArguments) receipt = rai_arguments_parse (rai_command_sales_record.arguments,
                                                          rai_row_get_text (row, "body"), NULL);
  const size_t n = receipt != NULL ? rai_arguments_list_length (receipt, "lines") : 0;
  int64_t amount = 0;

  for (size_t i = 0; i < n; i++)
    amount += rai_arguments_int (rai_arguments_list_at (receipt, "lines", i), "amount");

  g_autofree char *money = rai_format_money (amount, currency);
  /* Translators: an amount of money, the number of a receipt's lines */
  return g_strdup_printf (ngettext ("%s, %zu line", "%s, %zu lines", n), money, n);
}

static char *
describe (RaiAsideGroup *self, RaiRow *row, RaiRow *site) {
  const char *zone_name = site != NULL ? rai_row_get_text (site, "zone") : NULL;
  const char *currency = site != NULL ? rai_row_get_text (site, "currency")
                                      : rai_session_get_currency (session_of (self));
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  g_autofree char *amount = amount_text (row, currency);
  g_autofree char *claimed = time_text (rai_row_get_int (row, "sold_at"), zone);
  g_autofree char *why = why_text (reason_of (row), claimed);
  g_autofree char *received = time_text (rai_row_get_int (row, "received_at"), zone);

  /* Translators: amount and lines; why it was set aside; when it was received */
  return g_strdup_printf (_ ("%s\n%s\nReceived %s."), amount, why, received);
}

static GtkWidget *
new_label (const char *text, const char *style) {
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

/* name: for a screen reader, which meets many buttons of the same words. */
static GtkWidget *
new_button (RaiAsideGroup *self, RaiRow *row, const char *label, const char *name,
            GCallback clicked) {
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), ROW_KEY, g_object_ref (row), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_buttons (RaiAsideGroup *self, RaiRow *row, const char *title) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *when = g_strdup_printf (_ ("%s: say when"), title);
  g_autofree char *back = g_strdup_printf (_ ("%s: take back"), title);
  GtkWidget *take_back = new_button (self, row, _ ("_Take back"), back, G_CALLBACK (void_cb));

  gtk_box_append (GTK_BOX (box),
                  new_button (self, row, _ ("Say _when…"), when, G_CALLBACK (ask_when_cb)));
  gtk_widget_add_css_class (take_back, "flat");
  gtk_widget_set_hexpand (take_back, TRUE);
  gtk_widget_set_halign (take_back, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), take_back);

  return box;
}

static GtkWidget *
new_receipt_row (RaiAsideGroup *self, RaiRow *row) {
  g_autoptr (RaiRow) site = find_site (self, rai_row_get_int (row, "site_id"));
  const char *store = site != NULL ? rai_row_get_text (site, "name") : "–";
  const char *number = rai_row_get_text (row, "receipt"), *till = rai_row_get_text (row, "till");
  g_autofree char *title =
      till != NULL && *till != '\0'
          /* Translators: a receipt's number, a till's name, a store's name */
          ? g_strdup_printf (_ ("Receipt %s of till %s, %s"), number, till, store)
          /* Translators: a receipt's number, a store's name */
          : g_strdup_printf (_ ("Receipt %s, %s"), number, store);
  g_autofree char *text = describe (self, row, site);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *words = new_label (text, "dim-label");
  gtk_widget_add_css_class (words, "numeric");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), new_buttons (self, row, title));

  return g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "use-markup", FALSE, "child", box,
                       "activatable", FALSE, NULL);
}

static void
activated_cb (RaiAsideGroup *self) {
  rai_page_go (self->page, "changes", NULL);
}

static GtkWidget *
new_link_row (RaiAsideGroup *self, const char *title) {
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "activatable", TRUE,
                                 "title-lines", 0, "subtitle-lines", 0, "subtitle",
                                 _ ("They count once somebody says when they were sold."), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* ---- The whole ---- */

static void
add_row (RaiAsideGroup *self, GtkWidget *row) {
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (RaiAsideGroup *self) {
  for (unsigned i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

/* Those of the answer that are not about to go; RaiRow. */
static GPtrArray *
list_receipts (RaiAsideGroup *self) {
  GPtrArray *receipts = g_ptr_array_new_with_free_func (g_object_unref);
  const size_t n = self->answer != NULL ? rai_rows_count (self->answer) : 0;

  for (size_t i = 0; i < n; i++) {
    g_autoptr (RaiRow) row = rai_row_new (self->answer, i, (unsigned) i);
    g_autofree char *key = key_of (row);
    if (!g_hash_table_contains (self->leaving, key))
      g_ptr_array_add (receipts, g_steal_pointer (&row));
  }

  return receipts;
}

static void
show (RaiAsideGroup *self) {
  g_autoptr (GPtrArray) receipts = list_receipts (self);
  g_autofree char *title = g_strdup_printf (
      ngettext ("%u receipt set aside", "%u receipts set aside", receipts->len), receipts->len);

  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), receipts->len > 0);
  if (self->link) {
    add_row (self, new_link_row (self, title));
    return;
  }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  for (unsigned i = 0; i < MIN (receipts->len, ROWS_SHOWN); i++)
    add_row (self, new_receipt_row (self, receipts->pdata[i]));
}

static bool
is_same (const RaiRows *a, const RaiRows *b) {
  g_autoptr (GString) one = g_string_new (NULL), other = g_string_new (NULL);
  if (a == NULL || b == NULL)
    return a == b;
  rai_rows_append_json_columns (one, a);
  rai_rows_append_json_columns (other, b);
  return g_string_equal (one, other);
}

/* What is gone may come again. */
static void
forget_gone (RaiAsideGroup *self) {
  g_autoptr (GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const size_t n = self->answer != NULL ? rai_rows_count (self->answer) : 0;
  GHashTableIter iter;
  void *key;

  for (size_t i = 0; i < n; i++) {
    g_autoptr (RaiRow) row = rai_row_new (self->answer, i, (unsigned) i);
    g_hash_table_add (here, key_of (row));
  }

  g_hash_table_iter_init (&iter, self->leaving);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (here, key))
      g_hash_table_iter_remove (&iter);
}

/* Rows that people read, or are about to press, stay as long as they are of the same receipts. */
static void
loaded (RaiPage *page, RaiRows *rows) {
  RaiAsideGroup *self = g_object_get_data (G_OBJECT (page), GROUP_KEY);
  if (is_same (self->answer, rows))
    return;

  g_clear_pointer (&self->answer, rai_rows_unref);
  self->answer = rows != NULL ? rai_rows_ref (rows) : NULL;
  if (rows != NULL)
    forget_gone (self);
  show (self);
}

void
rai_aside_group_ask (RaiAsideGroup *self, RaiPage *page) {
  g_return_if_fail (RAI_IS_ASIDE_GROUP (self) && RAI_IS_PAGE (page));
  RaiSession *session = rai_page_get_session (page);

  g_set_weak_pointer (&self->page, page);
  g_object_set_data (G_OBJECT (page), GROUP_KEY, self);
  if (rai_session_may (session, RAI_PERMISSION_CORRECT_SALES) &&
      rai_session_may (session, RAI_PERMISSION_SEE_RESULTS))
    rai_page_ask (page, "sales-set-aside", rai_session_site_arguments (session), loaded);
  else
    loaded (page, NULL);
}

static void
rai_aside_group_set_property (GObject *object, unsigned id, const GValue *value,
                              GParamSpec *pspec) {
  if (id == PROP_LINK)
    RAI_ASIDE_GROUP (object)->link = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_aside_group_finalize (GObject *object) {
  RaiAsideGroup *self = RAI_ASIDE_GROUP (object);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->answer, rai_rows_unref);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->leaving);
  G_OBJECT_CLASS (rai_aside_group_parent_class)->finalize (object);
}

static void
rai_aside_group_class_init (RaiAsideGroupClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->set_property = rai_aside_group_set_property;
  object_class->finalize = rai_aside_group_finalize;
  properties[PROP_LINK] =
      g_param_spec_boolean ("link", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_aside_group_init (RaiAsideGroup *self) {
  self->rows = g_ptr_array_new ();
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
