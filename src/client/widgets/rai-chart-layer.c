/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-layer.h"

typedef struct {
  char *title;
  RaiChartRole role;
  bool visible;
} RaiChartLayerPrivate;

enum { PROPERTY_TITLE = 1, PROPERTY_ROLE, PROPERTY_VISIBLE, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
static unsigned changed_signal;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (RaiChartLayer, rai_chart_layer, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (RaiChartLayer))
#define PRIVATE(layer) ((RaiChartLayerPrivate *) rai_chart_layer_get_instance_private (layer))

double
rai_chart_plot_x (const RaiChartPlot *plot, double day) {
  double at = rai_time_axis_normalize (plot->time, day);
  return plot->x + (plot->rtl ? 1 - at : at) * plot->width;
}

double
rai_chart_plot_y (const RaiChartPlot *plot, double value) {
  /* Cairo's fixed point overflows far outside the plot. */
  double at = CLAMP (rai_value_axis_normalize (plot->value, value), -2, 3);
  return plot->y + (1 - at) * plot->height;
}

double
rai_chart_plot_day_width (const RaiChartPlot *plot) {
  return plot->width / (plot->time->to - plot->time->from);
}

bool
rai_chart_plot_span (const RaiChartPlot *plot, RaiDay first, RaiDay last, double *x,
                     double *width) {
  double a = rai_chart_plot_x (plot, first), b = rai_chart_plot_x (plot, (double) last + 1);
  double left = MAX (MIN (a, b), plot->x), right = MIN (MAX (a, b), plot->x + plot->width);
  if (right <= left)
    return false;
  *x = left;
  *width = right - left;
  return true;
}

static void
rai_chart_layer_finalize (GObject *object) {
  g_free (PRIVATE (RAI_CHART_LAYER (object))->title);
  G_OBJECT_CLASS (rai_chart_layer_parent_class)->finalize (object);
}

static void
rai_chart_layer_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  RaiChartLayerPrivate *self = PRIVATE (RAI_CHART_LAYER (object));
  switch (id) {
    case PROPERTY_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROPERTY_ROLE:
      g_value_set_enum (value, (int) self->role);
      break;
    case PROPERTY_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
rai_chart_layer_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RaiChartLayerPrivate *self = PRIVATE (RAI_CHART_LAYER (object));
  switch (id) {
    case PROPERTY_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    case PROPERTY_ROLE:
      self->role = (RaiChartRole) g_value_get_enum (value);
      break;
    case PROPERTY_VISIBLE:
      self->visible = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }

  rai_chart_layer_changed (RAI_CHART_LAYER (object));
}

static void
rai_chart_layer_class_init (RaiChartLayerClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->finalize = rai_chart_layer_finalize;
  object_class->get_property = rai_chart_layer_get_property;
  object_class->set_property = rai_chart_layer_set_property;
  properties[PROPERTY_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_ROLE] =
      g_param_spec_enum ("role", NULL, NULL, RAI_TYPE_CHART_ROLE, RAI_CHART_ROLE_HISTORY,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, TRUE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  changed_signal = g_signal_new ("changed", RAI_TYPE_CHART_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rai_chart_layer_init (RaiChartLayer *layer) {
  PRIVATE (layer)->visible = true;
}

const char *
rai_chart_layer_get_title (RaiChartLayer *layer) {
  return PRIVATE (layer)->title;
}

bool
rai_chart_layer_get_visible (RaiChartLayer *layer) {
  return PRIVATE (layer)->visible;
}

const GdkRGBA *
rai_chart_layer_color (RaiChartLayer *layer, const RaiChartPalette *palette) {
  return &palette->roles[PRIVATE (layer)->role];
}

void
rai_chart_layer_changed (RaiChartLayer *layer) {
  g_signal_emit (layer, changed_signal, 0);
}

static void
clear_fact (void *data) {
  RaiChartFact *fact = data;
  g_free (fact->name);
  g_free (fact->text);
}

GArray *
rai_chart_facts_new (void) {
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (RaiChartFact));
  g_array_set_clear_func (facts, clear_fact);
  return facts;
}

void
rai_chart_facts_add (GArray *facts, RaiChartLayer *layer, const char *name, char *text) {
  RaiChartFact fact = { layer, g_strdup (name), text };
  g_array_append_val (facts, fact);
}
