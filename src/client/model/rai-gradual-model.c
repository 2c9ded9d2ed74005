/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-gradual-model.h"

#include <stdbool.h>

struct _RaiGradualModel {
  GObject parent_instance;
  GListModel *source;
  unsigned first;
  unsigned shown; /* rows from the start; as many as there are once it is done */
  unsigned idle;
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (RaiGradualModel, rai_gradual_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
show (RaiGradualModel *self, unsigned shown) {
  unsigned before = self->shown;
  self->shown = shown;
  if (shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, shown - before);
}

static gboolean
grow_cb (void *data) {
  RaiGradualModel *self = data;
  unsigned n = g_list_model_get_n_items (self->source);
  unsigned next = self->shown + RAI_GRADUAL_STEP;
  bool done = next >= n || next >= RAI_GRADUAL_ALL;
  if (done)
    self->idle = 0;
  show (self, done ? n : next);
  return done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
grow_later (RaiGradualModel *self) {
  if (self->idle == 0 && self->shown < g_list_model_get_n_items (self->source))
    self->idle = g_idle_add_full (G_PRIORITY_LOW, grow_cb, self, NULL);
}

void
rai_gradual_model_finish (RaiGradualModel *self) {
  g_return_if_fail (RAI_IS_GRADUAL_MODEL (self));
  g_clear_handle_id (&self->idle, g_source_remove);
  show (self, g_list_model_get_n_items (self->source));
}

/* Only the list's end is held back: rows that come before shown ones are shown at once. */
static void
source_changed_cb (RaiGradualModel *self, unsigned position, unsigned removed, unsigned added) {
  unsigned before = self->shown;
  if (position > before || (position == before && self->idle != 0))
    return; /* behind what is shown: the growth will reach it */

  unsigned gone = MIN (removed, before - position);
  bool at_end = position + gone == before;
  unsigned come = at_end ? MIN (added, MAX (self->first, RAI_GRADUAL_STEP)) : added;

  self->shown = before - gone + come;
  g_list_model_items_changed (G_LIST_MODEL (self), position, gone, come);
  grow_later (self);
}

static GType
rai_gradual_model_get_item_type (GListModel *list) {
  return g_list_model_get_item_type (RAI_GRADUAL_MODEL (list)->source);
}

static unsigned
rai_gradual_model_get_n_items (GListModel *list) {
  return RAI_GRADUAL_MODEL (list)->shown;
}

static void *
rai_gradual_model_get_item (GListModel *list, unsigned position) {
  RaiGradualModel *self = RAI_GRADUAL_MODEL (list);
  return position < self->shown ? g_list_model_get_item (self->source, position) : NULL;
}

static void
list_model_init (GListModelInterface *iface) {
  iface->get_item_type = rai_gradual_model_get_item_type;
  iface->get_n_items = rai_gradual_model_get_n_items;
  iface->get_item = rai_gradual_model_get_item;
}

static void
rai_gradual_model_init (RaiGradualModel *self) {
}

static void
rai_gradual_model_finalize (GObject *object) {
  RaiGradualModel *self = RAI_GRADUAL_MODEL (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->source);
  G_OBJECT_CLASS (rai_gradual_model_parent_class)->finalize (object);
}

static void
rai_gradual_model_class_init (RaiGradualModelClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_gradual_model_finalize;
}

RaiGradualModel *
rai_gradual_model_new (GListModel *source, unsigned first) {
  RaiGradualModel *self = g_object_new (RAI_TYPE_GRADUAL_MODEL, NULL);
  self->source = g_object_ref (source);
  self->first = first;
  self->shown = MIN (g_list_model_get_n_items (source), first);
  g_signal_connect_object (source, "items-changed", G_CALLBACK (source_changed_cb), self,
                           G_CONNECT_SWAPPED);
  grow_later (self);
  return self;
}
