/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-scene.h"

#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-bar-layer.h"
#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-marker-layer.h"

#include <math.h>
#include <string.h>

#define WIDTH 640
#define HEIGHT 300

static RaiDay today;

typedef struct {
  cairo_surface_t *surface;
  RaiChartLayout layout;
} Picture;

static void
draw (RaiChartScene *scene, bool dark, bool rtl, int width, int height, Picture *picture) {
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  RaiChartCanvas canvas = { rai_chart_palette_get (dark, false), pango, width, height, 1, rtl };
  RaiDay first, last;

  if (rai_chart_scene_extent (scene, &first, &last))
    scene->time = (RaiTimeAxis){ first, last + 1.0 };
  picture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  cairo_t *cr = cairo_create (picture->surface);
  rai_chart_scene_layout (scene, &canvas, &picture->layout);
  rai_chart_scene_draw (scene, &canvas, &picture->layout, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture->surface);
  g_object_unref (pango);
}

/* Opacity of the pixel at a place, 0..255. */
static unsigned
ink_at (const Picture *picture, double x, double y) {
  const unsigned char *data = cairo_image_surface_get_data (picture->surface);
  int stride = cairo_image_surface_get_stride (picture->surface);
  uint32_t pixel;
  memcpy (&pixel, data + (size_t) y * (size_t) stride + 4 * (size_t) x, sizeof pixel);
  return pixel >> 24;
}

static void
add (RaiChartScene *scene, RaiChartLayer *layer) {
  g_ptr_array_add (scene->layers, layer);
}

static RaiChartSeries *
constant (RaiDay first, size_t n, double value) {
  double *values = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    values[i] = value;
  return rai_chart_series_new_take (first, values, n);
}

static RaiChartLayer *
line (const char *title, RaiDay first, size_t n, double value) {
  RaiChartLayer *layer = rai_line_layer_new (title, RAI_CHART_ROLE_HISTORY, false);
  g_autoptr (RaiChartSeries) series = constant (first, n, value);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  return layer;
}

static RaiChartScene *
full_scene (void) {
  RaiChartScene *scene = rai_chart_scene_new ();
  RaiChartLayer *band = rai_band_layer_new (RAI_CHART_ROLE_FORECAST),
                *marks = rai_marker_layer_new ();
  RaiChartLayer *hatch = rai_hatch_layer_new ("Out of stock", RAI_CHART_ROLE_ATTENTION);

  g_autoptr (RaiChartSeries) low = constant (today, 14, 80), high = constant (today, 14, 120),
                             out = constant (today - 9, 2, 1);
  scene->today = today;
  scene->unit = RAI_CHART_UNIT_QUANTITY;
  scene->symbol = g_strdup ("pieces");
  rai_band_layer_add (RAI_BAND_LAYER (band), 80, low, high);
  rai_series_layer_set_series (RAI_SERIES_LAYER (hatch), out);
  rai_marker_layer_add (RAI_MARKER_LAYER (marks), RAI_MARKER_HOLIDAY, today + 3, today + 3,
                        "Easter Monday");
  rai_marker_layer_add (RAI_MARKER_LAYER (marks), RAI_MARKER_PROMOTION, today - 5, today + 3, "");
  add (scene, hatch);
  add (scene, band);
  add (scene, line ("Sold", today - 14, 14, 50));
  add (scene, line ("Forecast", today, 14, 100));
  add (scene, marks);

  return scene;
}

/* Ink is where the values are, in both directions, and not where they are not. */
static void
check_full (bool dark, bool rtl) {
  g_autoptr (RaiChartScene) scene = full_scene ();
  Picture picture;
  draw (scene, dark, rtl, WIDTH, HEIGHT, &picture);

  const RaiChartPlot *plot = &picture.layout.plot;
  double past = rai_chart_plot_x (plot, today - 3.5), future = rai_chart_plot_x (plot, today + 6.5);
  g_assert_cmpuint (ink_at (&picture, past, rai_chart_plot_y (plot, 50)), >, 150);
  g_assert_cmpuint (ink_at (&picture, future, rai_chart_plot_y (plot, 100)), >, 150);
  g_assert_cmpuint (ink_at (&picture, future, rai_chart_plot_y (plot, 113)), >, 15);
  g_assert_cmpuint (ink_at (&picture, future, rai_chart_plot_y (plot, 130)), ==, 0);
  g_assert_cmpuint (ink_at (&picture, past, rai_chart_plot_y (plot, 113)), ==, 0);

  double hatched = rai_chart_plot_x (plot, today - 8.0);
  g_assert_cmpuint (ink_at (&picture, hatched, rai_chart_plot_y (plot, 113)), >, 15);

  double holiday = rai_chart_plot_x (plot, today + 3.5);
  g_assert_cmpuint (ink_at (&picture, holiday, plot->strip_y + plot->strip_height / 2), >, 150);
  g_assert_cmpint (past < future, ==, !rtl);
  cairo_surface_destroy (picture.surface);
}

static void
test_full (void) {
  check_full (false, false);
  check_full (true, false);
  check_full (false, true);
}

static void
check_values (const double *values, size_t n) {
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (today, values, n);
  const int sizes[][2] = { { 640, 300 }, { 160, 90 }, { 3, 3 } };
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (RaiChartScene) scene = rai_chart_scene_new ();
    RaiChartLayer *bars = rai_bar_layer_new ("Bars", RAI_CHART_ROLE_SERIES_1),
                  *dots = line ("Line", today, 0, 0);
    Picture picture;
    rai_series_layer_set_series (RAI_SERIES_LAYER (bars), series);
    rai_series_layer_set_series (RAI_SERIES_LAYER (dots), series);
    add (scene, bars);
    add (scene, dots);
    draw (scene, false, i % 2, sizes[i][0], sizes[i][1], &picture);
    cairo_surface_destroy (picture.surface);
  }
}

/* Nothing, one day, only gaps, zeros, negative, huge, and five years. */
static void
test_odd_values (void) {
  double many[1826];
  const double one[] = { 12 }, gaps[] = { NAN, NAN, NAN }, zeros[] = { 0, 0, 0 },
               negative[] = { -5, -1, -9 };
  const double huge[] = { 1e300, 5, -1e300, INFINITY };

  for (size_t i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = fmod ((double) i * 7.3, 11);
  check_values (NULL, 0);
  check_values (one, 1);
  check_values (gaps, 3);
  check_values (zeros, 3);
  check_values (negative, 3);
  check_values (huge, 4);
  check_values (many, G_N_ELEMENTS (many));
}

static void
test_bars_stand_on_zero (void) {
  g_autoptr (RaiChartScene) scene = rai_chart_scene_new ();
  g_autoptr (RaiChartSeries) series = constant (today, 5, 95);

  RaiChartLayer *bars = rai_bar_layer_new ("Sold", RAI_CHART_ROLE_FORECAST);
  Picture picture;
  rai_series_layer_set_series (RAI_SERIES_LAYER (bars), series);
  add (scene, bars);
  draw (scene, false, false, WIDTH, HEIGHT, &picture);
  g_assert_cmpfloat (picture.layout.value.low, ==, 0);
  g_assert_cmpuint (ink_at (&picture, rai_chart_plot_x (&picture.layout.plot, today + 2.5),
                            rai_chart_plot_y (&picture.layout.plot, 3)),
                    ==, 255);
  cairo_surface_destroy (picture.surface);
}

static void
test_describe (void) {
  g_autoptr (RaiChartScene) scene = full_scene ();
  scene->time = (RaiTimeAxis){ today - 14, today + 14 };

  g_autofree char *day = rai_chart_scene_speak (scene, (RaiChartDays){ today + 3, today + 3 });
  g_assert_cmpstr (day, ==,
                   "Thursday 26 November 2026. 80 of 100 days: 80–120 pieces. Forecast: 100 "
                   "pieces. Holiday: Easter "
                   "Monday. Promotion");

  g_autofree char *range = rai_chart_scene_speak (scene, (RaiChartDays){ today - 2, today + 1 });
  g_assert_cmpstr (range, ==,
                   "21 Nov – 24 Nov 2026, 4 days. Sold: 100 pieces. Forecast: 200 pieces");

  g_autofree char *nothing =
      rai_chart_scene_speak (scene, (RaiChartDays){ today + 90, today + 90 });
  g_assert_true (g_str_has_suffix (nothing, "No figures"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  today = rai_day_from_ymd (2026, 11, 23);
  g_test_add_func ("/chart-scene/full", test_full);
  g_test_add_func ("/chart-scene/odd-values", test_odd_values);
  g_test_add_func ("/chart-scene/bars-stand-on-zero", test_bars_stand_on_zero);
  g_test_add_func ("/chart-scene/describe", test_describe);
  return g_test_run ();
}
