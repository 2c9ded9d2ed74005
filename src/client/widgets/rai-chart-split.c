/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-split.h"

#define GAP 24

struct _RaiChartSplit {
  GtkWidget parent_instance;
  GtkWidget *main, *side;
  int side_width, least_width;
};

enum { PROPERTY_MAIN = 1, PROPERTY_SIDE, PROPERTY_SIDE_WIDTH, PROPERTY_LEAST_WIDTH, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RaiChartSplit, rai_chart_split, GTK_TYPE_WIDGET)

static bool
is_shown (GtkWidget *child) {
  return child != NULL && gtk_widget_should_layout (child);
}

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *minimum,
               int *natural) {
  *minimum = *natural = 0;
  if (is_shown (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

/* Large type may need more than was meant. */
static int
get_side_width (RaiChartSplit *self) {
  int minimum, natural;
  measure_child (self->side, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  return MAX (minimum, self->side_width);
}

/* How much larger than usual people set their type. */
static double
get_text_scale (GtkWidget *widget) {
  int dpi = -1;
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * PANGO_SCALE) : 1;
}

static bool
stands_beside (RaiChartSplit *self, int width) {
  return is_shown (self->main) && is_shown (self->side) &&
         width >= self->least_width * get_text_scale (GTK_WIDGET (self));
}

static void
rai_chart_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline) {
  RaiChartSplit *self = RAI_CHART_SPLIT (widget);
  int main_minimum, main_natural, side_minimum, side_natural;
  bool beside = orientation == GTK_ORIENTATION_VERTICAL && stands_beside (self, for_size);
  int side_width = get_side_width (self),
      main_size = beside ? for_size - GAP - side_width : for_size;

  measure_child (self->main, orientation, main_size, &main_minimum, &main_natural);
  measure_child (self->side, orientation, beside ? side_width : for_size, &side_minimum,
                 &side_natural);

  int gap = is_shown (self->main) && is_shown (self->side) ? GAP : 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MAX (main_minimum, side_minimum);
    *natural = main_natural + gap + side_width;
  } else if (beside) {
    *minimum = MAX (main_minimum, side_minimum);
    *natural = MAX (main_natural, side_natural);
  } else {
    *minimum = main_minimum + gap + side_minimum;
    *natural = main_natural + gap + side_natural;
  }
}

static void
place (GtkWidget *child, int x, int y, int width, int height) {
  if (is_shown (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
rai_chart_split_size_allocate (GtkWidget *widget, int width, int height, int baseline) {
  RaiChartSplit *self = RAI_CHART_SPLIT (widget);
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  if (stands_beside (self, width)) {
    int side_width = get_side_width (self), rest = width - GAP - side_width;
    place (self->main, rtl ? side_width + GAP : 0, 0, rest, height);
    place (self->side, rtl ? 0 : rest + GAP, 0, side_width, height);
    return;
  }

  int side_minimum, side_natural;
  measure_child (self->side, GTK_ORIENTATION_VERTICAL, width, &side_minimum, &side_natural);

  int gap = is_shown (self->main) && is_shown (self->side) ? GAP : 0;
  int rest = MAX (height - gap - side_minimum, 0);
  place (self->main, 0, 0, width, rest);
  place (self->side, 0, is_shown (self->main) ? rest + gap : 0, width, side_minimum);
}

static GtkSizeRequestMode
rai_chart_split_get_request_mode (GtkWidget *widget) {
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rai_chart_split_dispose (GObject *object) {
  RaiChartSplit *self = RAI_CHART_SPLIT (object);
  g_clear_pointer (&self->main, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);
  G_OBJECT_CLASS (rai_chart_split_parent_class)->dispose (object);
}

static void
set_child (RaiChartSplit *self, GtkWidget **child, GtkWidget *value) {
  g_clear_pointer (child, gtk_widget_unparent);
  *child = value;
  if (value != NULL)
    gtk_widget_set_parent (value, GTK_WIDGET (self));
}

static void
rai_chart_split_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  RaiChartSplit *self = RAI_CHART_SPLIT (object);
  if (id == PROPERTY_MAIN || id == PROPERTY_SIDE)
    g_value_set_object (value, id == PROPERTY_MAIN ? self->main : self->side);
  else
    g_value_set_int (value, id == PROPERTY_SIDE_WIDTH ? self->side_width : self->least_width);
}

static void
rai_chart_split_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RaiChartSplit *self = RAI_CHART_SPLIT (object);
  if (id == PROPERTY_MAIN)
    set_child (self, &self->main, g_value_get_object (value));
  else if (id == PROPERTY_SIDE)
    set_child (self, &self->side, g_value_get_object (value));
  else if (id == PROPERTY_SIDE_WIDTH)
    self->side_width = g_value_get_int (value);
  else
    self->least_width = g_value_get_int (value);

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
rai_chart_split_class_init (RaiChartSplitClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rai_chart_split_dispose;
  object_class->get_property = rai_chart_split_get_property;
  object_class->set_property = rai_chart_split_set_property;
  widget_class->measure = rai_chart_split_measure;
  widget_class->size_allocate = rai_chart_split_size_allocate;
  widget_class->get_request_mode = rai_chart_split_get_request_mode;
  properties[PROPERTY_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROPERTY_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROPERTY_SIDE_WIDTH] =
      g_param_spec_int ("side-width", NULL, NULL, 0, 10000, 320, flags);
  properties[PROPERTY_LEAST_WIDTH] =
      g_param_spec_int ("least-width", NULL, NULL, 0, 10000, 760, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_chart_split_init (RaiChartSplit *self) {
  self->side_width = 320;
  self->least_width = 760;
}
