/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart.h"

#include "client/widgets/rai-chart-card.h"
#include "client/widgets/rai-chart-input.h"
#include "client/widgets/rai-line-layer.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/* The picture is drawn once into a texture and kept until data, view, size or colours change;
 * pointing only adds a card on top. */
struct _RaiChart {
  GtkWidget parent_instance;
  RaiChartScene *scene;
  RaiChartView view;
  RaiDay home_from, home_to;
  RaiChartLayout layout;
  GdkTexture *picture;
  RaiChartDays days;
  char *title;
  unsigned frozen;
  bool changed, scroll_zooms;
};

enum {
  PROPERTY_TITLE = 1,
  PROPERTY_UNIT,
  PROPERTY_SYMBOL,
  PROPERTY_ZERO,
  PROPERTY_TODAY,
  PROPERTY_EMPTY_TEXT,
  PROPERTY_SCROLL_ZOOMS,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];
static unsigned days_changed_signal;

static void buildable_init (GtkBuildableIface *interface);
G_DEFINE_TYPE_WITH_CODE (RaiChart, rai_chart, GTK_TYPE_WIDGET,
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))
static GtkBuildableIface *parent_buildable;

static const RaiChartDays no_days = { RAI_DAY_NONE, RAI_DAY_NONE };

static void
redraw (RaiChart *self) {
  g_clear_object (&self->picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
refit (RaiChart *self) {
  RaiDay first, last;
  RaiTimeAxis limits = { 0, 1 }, home;
  self->changed = self->frozen > 0;
  if (self->frozen > 0)
    return;
  if (rai_chart_scene_extent (self->scene, &first, &last))
    limits = (RaiTimeAxis){ first, (double) last + 1 };

  home = limits;
  if (self->home_from != RAI_DAY_NONE && self->home_from <= self->home_to)
    home = (RaiTimeAxis){ self->home_from, (double) self->home_to + 1 };
  rai_chart_view_set_limits (&self->view, limits, home);
  self->scene->time = self->view.now;
  redraw (self);
}

void
rai_chart_get_canvas (RaiChart *self, RaiChartCanvas *canvas) {
  GtkWidget *widget = GTK_WIDGET (self);
  AdwStyleManager *style = adw_style_manager_get_default ();
  *canvas = (RaiChartCanvas){
    .palette = rai_chart_palette_get (adw_style_manager_get_dark (style),
                                      adw_style_manager_get_high_contrast (style)),
    .pango = gtk_widget_get_pango_context (widget),
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .device_scale = gtk_widget_get_scale_factor (widget),
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };
}

static void
draw_picture (RaiChart *self, const RaiChartCanvas *canvas) {
  int width = (int) (canvas->width * canvas->device_scale),
      height = (int) (canvas->height * canvas->device_scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy (surface);
    return;
  }

  cairo_surface_set_device_scale (surface, canvas->device_scale, canvas->device_scale);
  cairo_t *cr = cairo_create (surface);
  rai_chart_scene_layout (self->scene, canvas, &self->layout);
  rai_chart_scene_draw (self->scene, canvas, &self->layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  size_t stride = (size_t) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (size_t) height,
                                  (GDestroyNotify) cairo_surface_destroy, surface);
  self->picture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* A dot on each line where the day is. */
static void
snapshot_dots (RaiChart *self, cairo_t *cr, const RaiChartCanvas *canvas, RaiDay day) {
  for (size_t i = 0; i < self->scene->layers->len; i++) {
    RaiChartLayer *layer = self->scene->layers->pdata[i];
    RaiChartSeries *series =
        RAI_IS_LINE_LAYER (layer) ? rai_series_layer_get_series (RAI_SERIES_LAYER (layer)) : NULL;
    double value = series != NULL && rai_chart_layer_get_visible (layer)
                       ? rai_chart_series_get (series, day)
                       : NAN;
    if (isnan (value))
      continue;
    double x = rai_chart_plot_x (&self->layout.plot, day + 0.5),
           y = rai_chart_plot_y (&self->layout.plot, value);
    cairo_arc (cr, x, y, 5, 0, 2 * G_PI);
    gdk_cairo_set_source_rgba (cr, &canvas->palette->surface);
    cairo_fill (cr);
    cairo_arc (cr, x, y, 3.5, 0, 2 * G_PI);
    gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, canvas->palette));
    cairo_fill (cr);
  }
}

static void
snapshot_days (RaiChart *self, GtkSnapshot *snapshot, const RaiChartCanvas *canvas) {
  const RaiChartPlot *plot = &self->layout.plot;
  double x, width, card_width, card_height;
  if (self->days.from == RAI_DAY_NONE ||
      !rai_chart_plot_span (plot, self->days.from, self->days.to, &x, &width))
    return;

  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) canvas->width, (float) canvas->height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
  GdkRGBA tint = rai_chart_palette_fade (&canvas->palette->roles[RAI_CHART_ROLE_FORECAST], 0.12);

  if (self->days.from == self->days.to) {
    gdk_cairo_set_source_rgba (cr, &canvas->palette->dim);
    cairo_rectangle (cr, floor (x + width / 2), plot->y, 1, plot->height);
    cairo_fill (cr);
    snapshot_dots (self, cr, canvas, self->days.from);
  } else {
    gdk_cairo_set_source_rgba (cr, &tint);
    cairo_rectangle (cr, x, plot->y, width, plot->height);
    cairo_fill (cr);
  }

  g_autoptr (GArray) facts = rai_chart_scene_describe (self->scene, self->days);
  g_autofree char *title = rai_chart_scene_days_text (self->days);
  rai_chart_card_measure (canvas->pango, title, facts, &card_width, &card_height);

  double left = self->days.from == self->days.to ? x + width / 2 : x;
  double right = self->days.from == self->days.to ? x + width / 2 : x + width;
  double y = MAX (0, MIN (plot->y + 4, canvas->height - card_height - 4));

  rai_chart_card_draw (cr, canvas, title, facts,
                       rai_chart_card_place (left, right, card_width, canvas->width, canvas->rtl),
                       y);
  cairo_destroy (cr);
}

static void
snapshot_focus (RaiChart *self, GtkSnapshot *snapshot, const RaiChartCanvas *canvas) {
  GskRoundedRect ring;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) canvas->width, (float) canvas->height);
  GdkRGBA color = rai_chart_palette_fade (&canvas->palette->roles[RAI_CHART_ROLE_FORECAST],
                                          canvas->palette->high_contrast ? 1 : 0.5);
  gsk_rounded_rect_init_from_rect (&ring, &all, 6);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ color, color, color, color });
}

static void
rai_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiChart *self = RAI_CHART (widget);
  RaiChartCanvas canvas;
  rai_chart_get_canvas (self, &canvas);
  if (canvas.width < 1 || canvas.height < 1)
    return;
  if (self->picture == NULL)
    draw_picture (self, &canvas);
  if (self->picture == NULL)
    return;

  gtk_snapshot_append_texture (
      snapshot, self->picture,
      &GRAPHENE_RECT_INIT (0, 0, (float) canvas.width, (float) canvas.height));
  snapshot_days (self, snapshot, &canvas);
  if (gtk_widget_has_visible_focus (widget))
    snapshot_focus (self, snapshot, &canvas);
}

static void
rai_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline) {
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 300
             : for_size > 0                            ? (int) CLAMP (for_size * 0.42, 280, 620)
                                                       : 280;
}

/* Where there is room, a wide chart is also a high one. */
static GtkSizeRequestMode
rai_chart_get_request_mode (GtkWidget *widget) {
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rai_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline) {
  redraw (RAI_CHART (widget));
  /* The context menu is a child; GTK leaves placing it to its parent. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
rai_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change) {
  GTK_WIDGET_CLASS (rai_chart_parent_class)->css_changed (widget, change);
  redraw (RAI_CHART (widget));
}

static void
rai_chart_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting) {
  GTK_WIDGET_CLASS (rai_chart_parent_class)->system_setting_changed (widget, setting);
  redraw (RAI_CHART (widget));
}

static void
rai_chart_direction_changed (GtkWidget *widget, GtkTextDirection before) {
  GTK_WIDGET_CLASS (rai_chart_parent_class)->direction_changed (widget, before);
  redraw (RAI_CHART (widget));
}

static void
rai_chart_state_flags_changed (GtkWidget *widget, GtkStateFlags before) {
  GTK_WIDGET_CLASS (rai_chart_parent_class)->state_flags_changed (widget, before);
  gtk_widget_queue_draw (widget);
}

static void
rai_chart_dispose (GObject *object) {
  RaiChart *self = RAI_CHART (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  if (self->scene != NULL)
    rai_chart_remove_layers (self);
  G_OBJECT_CLASS (rai_chart_parent_class)->dispose (object);
}

static void
rai_chart_finalize (GObject *object) {
  RaiChart *self = RAI_CHART (object);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->scene, rai_chart_scene_free);
  g_free (self->title);
  G_OBJECT_CLASS (rai_chart_parent_class)->finalize (object);
}

static void
rai_chart_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  RaiChart *self = RAI_CHART (object);
  switch (id) {
    case PROPERTY_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROPERTY_UNIT:
      g_value_set_enum (value, (int) self->scene->unit);
      break;
    case PROPERTY_SYMBOL:
      g_value_set_string (value, self->scene->symbol);
      break;
    case PROPERTY_ZERO:
      g_value_set_boolean (value, self->scene->zero);
      break;
    case PROPERTY_TODAY:
      g_value_set_int (value, self->scene->today);
      break;
    case PROPERTY_EMPTY_TEXT:
      g_value_set_string (value, self->scene->empty);
      break;
    case PROPERTY_SCROLL_ZOOMS:
      g_value_set_boolean (value, self->scroll_zooms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
rai_chart_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RaiChart *self = RAI_CHART (object);
  switch (id) {
    case PROPERTY_TITLE:
      rai_chart_set_title (self, g_value_get_string (value));
      break;
    case PROPERTY_UNIT:
      self->scene->unit = (RaiChartUnit) g_value_get_enum (value);
      break;
    case PROPERTY_SYMBOL:
      g_free (self->scene->symbol);
      self->scene->symbol = g_value_dup_string (value);
      break;
    case PROPERTY_ZERO:
      self->scene->zero = g_value_get_boolean (value);
      break;
    case PROPERTY_TODAY:
      self->scene->today = g_value_get_int (value);
      break;
    case PROPERTY_EMPTY_TEXT:
      g_free (self->scene->empty);
      self->scene->empty = g_value_dup_string (value);
      break;
    case PROPERTY_SCROLL_ZOOMS:
      self->scroll_zooms = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }

  redraw (self);
}

static void
install_properties (GObjectClass *class) {
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  properties[PROPERTY_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROPERTY_UNIT] =
      g_param_spec_enum ("unit", NULL, NULL, RAI_TYPE_CHART_UNIT, RAI_CHART_UNIT_NUMBER, flags);
  properties[PROPERTY_SYMBOL] = g_param_spec_string ("symbol", NULL, NULL, NULL, flags);
  properties[PROPERTY_ZERO] = g_param_spec_boolean ("zero", NULL, NULL, FALSE, flags);
  properties[PROPERTY_TODAY] =
      g_param_spec_int ("today", NULL, NULL, INT32_MIN, INT32_MAX, RAI_DAY_NONE, flags);
  properties[PROPERTY_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, flags);
  properties[PROPERTY_SCROLL_ZOOMS] =
      g_param_spec_boolean ("scroll-zooms", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (class, N_PROPERTIES, properties);
}

static void
rai_chart_class_init (RaiChartClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->dispose = rai_chart_dispose;
  object_class->finalize = rai_chart_finalize;
  object_class->get_property = rai_chart_get_property;
  object_class->set_property = rai_chart_set_property;
  install_properties (object_class);
  widget_class->snapshot = rai_chart_snapshot;
  widget_class->measure = rai_chart_measure;
  widget_class->get_request_mode = rai_chart_get_request_mode;
  widget_class->size_allocate = rai_chart_size_allocate;
  widget_class->css_changed = rai_chart_css_changed;
  widget_class->system_setting_changed = rai_chart_system_setting_changed;
  widget_class->direction_changed = rai_chart_direction_changed;
  widget_class->state_flags_changed = rai_chart_state_flags_changed;
  gtk_widget_class_set_css_name (widget_class, "rai-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  rai_chart_input_install (widget_class);
  days_changed_signal = g_signal_new ("days-changed", RAI_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
rai_chart_init (RaiChart *self) {
  AdwStyleManager *style = adw_style_manager_get_default ();
  self->scene = rai_chart_scene_new ();
  self->days = no_days;
  self->home_from = self->home_to = RAI_DAY_NONE;
  self->scroll_zooms = true;
  self->view = (RaiChartView){ { 0, 1 }, { 0, 1 }, { 0, 1 } };
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  rai_chart_input_attach (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (redraw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
}

static void
rai_chart_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                     const char *type) {
  if (RAI_IS_CHART_LAYER (child))
    rai_chart_add_layer (RAI_CHART (buildable), g_object_ref (RAI_CHART_LAYER (child)));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *interface) {
  parent_buildable = g_type_interface_peek_parent (interface);
  interface->add_child = rai_chart_add_child;
}

GtkWidget *
rai_chart_new (void) {
  return g_object_new (RAI_TYPE_CHART, NULL);
}

void
rai_chart_add_layer (RaiChart *self, RaiChartLayer *layer) {
  g_ptr_array_add (self->scene->layers, layer);
  g_signal_connect_swapped (layer, "changed", G_CALLBACK (refit), self);
  refit (self);
}

void
rai_chart_remove_layers (RaiChart *self) {
  for (size_t i = 0; i < self->scene->layers->len; i++)
    g_signal_handlers_disconnect_by_data (self->scene->layers->pdata[i], self);
  g_ptr_array_set_size (self->scene->layers, 0);
  refit (self);
}

void
rai_chart_set_unit (RaiChart *self, RaiChartUnit unit, const char *symbol) {
  g_object_set (self, "unit", unit, "symbol", symbol, NULL);
}

void
rai_chart_set_today (RaiChart *self, RaiDay today) {
  self->scene->today = today;
  redraw (self);
}

void
rai_chart_set_home (RaiChart *self, RaiDay from, RaiDay to) {
  self->home_from = from;
  self->home_to = to;
  refit (self);
}

void
rai_chart_set_scale (RaiChart *self, double most) {
  self->scene->held = most;
  self->scene->zero = !isnan (most);
  redraw (self);
}

void
rai_chart_set_title (RaiChart *self, const char *title) {
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
}

void
rai_chart_freeze (RaiChart *self) {
  self->frozen++;
}

void
rai_chart_thaw (RaiChart *self) {
  g_return_if_fail (self->frozen > 0);
  if (--self->frozen == 0 && self->changed)
    refit (self);
}

RaiChartScene *
rai_chart_get_scene (RaiChart *self) {
  return self->scene;
}

const char *
rai_chart_get_title (RaiChart *self) {
  return self->title;
}

const RaiChartView *
rai_chart_get_view (RaiChart *self) {
  return &self->view;
}

const RaiChartPlot *
rai_chart_get_plot (RaiChart *self) {
  return &self->layout.plot;
}

bool
rai_chart_get_scroll_zooms (RaiChart *self) {
  return self->scroll_zooms;
}

RaiDay
rai_chart_day_at (RaiChart *self, double x) {
  const RaiChartPlot *plot = &self->layout.plot;
  RaiDay first, last;
  if (!rai_chart_scene_extent (self->scene, &first, &last) || plot->width <= 0)
    return RAI_DAY_NONE;
  double at = CLAMP ((x - plot->x) / plot->width, 0, 1);
  double day = floor (rai_time_axis_denormalize (&self->view.now, plot->rtl ? 1 - at : at));
  return (RaiDay) CLAMP (day, self->view.now.from, self->view.now.to - 1);
}

/* Screen readers speak what changes about the focused widget: its label. */
static void
speak (RaiChart *self) {
  g_autofree char *sentence = rai_chart_scene_speak (self->scene, self->days);
  g_autofree char *label =
      self->title != NULL ? g_strdup_printf ("%s. %s", self->title, sentence) : g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

void
rai_chart_set_days (RaiChart *self, RaiChartDays days, bool aloud) {
  if (days.from > days.to)
    days = (RaiChartDays){ days.to, days.from };
  if (days.from == self->days.from && days.to == self->days.to)
    return;

  self->days = days;
  if (aloud && days.from != RAI_DAY_NONE) {
    rai_chart_view_reveal (&self->view, days.from);
    self->scene->time = self->view.now;
    redraw (self);
    speak (self);
  }

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, days_changed_signal, 0, days.from, days.to);
}

RaiChartDays
rai_chart_get_days (RaiChart *self) {
  return self->days;
}

static void
show_view (RaiChart *self) {
  self->scene->time = self->view.now;
  redraw (self);
}

void
rai_chart_zoom (RaiChart *self, double at, double factor) {
  rai_chart_view_zoom (&self->view, at, factor);
  show_view (self);
}

void
rai_chart_pan (RaiChart *self, double days) {
  rai_chart_view_pan (&self->view, days);
  show_view (self);
}

void
rai_chart_reset (RaiChart *self) {
  rai_chart_view_reset (&self->view);
  show_view (self);
}
