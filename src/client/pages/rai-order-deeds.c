/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-order-deeds.h"

#include "command/rai-arguments.h"

#include <glib/gi18n.h>

typedef struct {
  char *order;
  int64_t seen; /* the version when it was done */
  int64_t item;
  int64_t quantity;
} Edit;

typedef struct {
  char *order;
  char *supplier;
  int64_t seen;
} Approval;

struct _RaiOrderDeeds {
  RaiPage *page; /* not owned */
  RaiOrderRefused refused;
  GHashTable *versions; /* order -> int64_t, answered since the list was asked for */
  bool answered;        /* since then */
  GQueue edits;         /* Edit; the first is on its way when `busy` */
  bool busy;
  GPtrArray *approvals; /* Approval, waiting for the edits */
  bool alone;
};

static void
edit_free (void *data) {
  Edit *edit = data;
  g_free (edit->order);
  g_free (edit);
}

static void
approval_free (void *data) {
  Approval *approval = data;
  g_free (approval->order);
  g_free (approval->supplier);
  g_free (approval);
}

/* ---- Versions ---- */

static int64_t
version_of (RaiOrderDeeds *self, const char *order, int64_t otherwise) {
  const int64_t *answered = g_hash_table_lookup (self->versions, order);
  return answered != NULL ? *answered : otherwise;
}

static void
note_version (RaiOrderDeeds *self, const char *order, const RaiAnswer *answer) {
  int64_t version;
  if (!rai_answer_get_int (answer, "version", &version))
    return;
  g_hash_table_replace (self->versions, g_strdup (order), g_memdup2 (&version, sizeof version));
  self->answered = true;
}

void
rai_order_deeds_list_asked (RaiOrderDeeds *self) {
  self->answered = false;
}

void
rai_order_deeds_list_came (RaiOrderDeeds *self) {
  if (!self->answered)
    g_hash_table_remove_all (self->versions);
}

/* ---- Approvals ---- */

static void
send_approvals (RaiOrderDeeds *self) {
  if (self->approvals->len == 0)
    return;

  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  for (unsigned i = 0; i < self->approvals->len; i++) {
    const Approval *one = g_ptr_array_index (self->approvals, i);
    g_ptr_array_add (arguments, RAI_ARGUMENTS ("order.approve", { "order", .text = one->order },
                                               { "version", .number = version_of (self, one->order,
                                                                                  one->seen) }));
  }

  const Approval *first = g_ptr_array_index (self->approvals, 0);
  unsigned n = self->approvals->len;
  /* Translators: %s is a supplier */
  g_autofree char *done =
      self->alone ? g_strdup_printf (_ ("Order to %s approved"), first->supplier)
                  : g_strdup_printf (ngettext ("%u order approved", "%u orders approved", n), n);

  rai_page_submit_all (self->page, &(RaiPageCommands){ "order.approve", arguments }, "order.reopen",
                       done);
  g_ptr_array_set_size (self->approvals, 0);
}

static bool
is_waiting (RaiOrderDeeds *self, const char *order) {
  for (unsigned i = 0; i < self->approvals->len; i++)
    if (g_str_equal (((Approval *) g_ptr_array_index (self->approvals, i))->order, order))
      return true;
  return false;
}

static void
drop_approval (RaiOrderDeeds *self, const char *order) {
  for (unsigned i = self->approvals->len; i-- > 0;)
    if (g_str_equal (((Approval *) g_ptr_array_index (self->approvals, i))->order, order))
      g_ptr_array_remove_index (self->approvals, i);
}

/* ---- One after the other ---- */

static void send_next (RaiOrderDeeds *self);

static void
answered_cb (RaiPage *page, const RaiAnswer *answer, void *data) {
  RaiOrderDeeds *self = data;
  Edit *edit = g_queue_pop_head (&self->edits);
  bool applied = answer != NULL && answer->status == RAI_ANSWER_APPLIED;

  self->busy = false;
  if (applied) {
    note_version (self, edit->order, answer);
  } else {
    drop_approval (self, edit->order);
    self->refused (page, edit->order);
  }

  edit_free (edit);
  send_next (self);
}

static void
send_next (RaiOrderDeeds *self) {
  const Edit *edit = g_queue_peek_head (&self->edits);
  if (self->busy)
    return;
  if (edit == NULL) {
    send_approvals (self);
    return;
  }

  g_autofree char *arguments =
      RAI_ARGUMENTS ("order.edit", { "order", .text = edit->order },
                     { "version", .number = version_of (self, edit->order, edit->seen) },
                     { "item", .number = edit->item }, { "quantity", .number = edit->quantity });
  self->busy = true;
  rai_page_submit_then (self->page, "order.edit", arguments, answered_cb, self);
}

void
rai_order_deeds_edit (RaiOrderDeeds *self, const char *order, int64_t shown, int64_t item,
                      int64_t quantity) {
  Edit *edit = g_new0 (Edit, 1);
  *edit = (Edit){ g_strdup (order), version_of (self, order, shown), item, quantity };
  g_queue_push_tail (&self->edits, edit);
  send_next (self);
}

void
rai_order_deeds_approve (RaiOrderDeeds *self, GPtrArray *rows, bool alone) {
  self->alone = alone && self->approvals->len == 0;
  for (unsigned i = 0; i < rows->len; i++) {
    RaiRow *row = g_ptr_array_index (rows, i);
    const char *order = rai_row_get_text (row, "id");
    if (is_waiting (self, order))
      continue;
    Approval *one = g_new0 (Approval, 1);
    *one = (Approval){ g_strdup (order), g_strdup (rai_row_get_text (row, "supplier")),
                       version_of (self, order, rai_row_get_int (row, "version")) };
    g_ptr_array_add (self->approvals, one);
  }

  send_next (self);
}

/* ---- Life ---- */

RaiOrderDeeds *
rai_order_deeds_new (RaiPage *page, RaiOrderRefused refused) {
  RaiOrderDeeds *self = g_new0 (RaiOrderDeeds, 1);
  self->page = page;
  self->refused = refused;
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->approvals = g_ptr_array_new_with_free_func (approval_free);
  g_queue_init (&self->edits);
  return self;
}

void
rai_order_deeds_free (RaiOrderDeeds *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->versions);
  g_ptr_array_unref (self->approvals);
  g_queue_clear_full (&self->edits, edit_free);
  g_free (self);
}
