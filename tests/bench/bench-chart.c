/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPU time to draw charts, without a display: the median of many pictures, beside cairo's own
 * stroking of the same lines (the peer) and an empty picture of the size (the floor). One JSON
 * object a figure. */
#include "client/widgets/rai-chart-scene.h"
#include "client/widgets/rai-line-layer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS 1826
#define FRAME_MS 16.7

static RaiChartSeries *
walk (RaiDay first, size_t n, double level, unsigned seed) {
  double *values = g_new (double, n);
  GRand *random = g_rand_new_with_seed (seed);
  for (size_t i = 0; i < n; i++) {
    int weekday = rai_day_weekday (first + (RaiDay) i);
    values[i] = level * (weekday == 6   ? 1.4
                         : weekday == 7 ? 0.4
                                        : 1) +
                g_rand_double_range (random, -0.1, 0.1) * level;
  }

  g_rand_free (random);
  return rai_chart_series_new_take (first, values, n);
}

static RaiChartScene *
lines (size_t n, size_t days) {
  RaiChartScene *scene = rai_chart_scene_new ();
  RaiDay first = rai_day_from_ymd (2021, 11, 23);
  for (size_t i = 0; i < n; i++) {
    g_autofree char *title = g_strdup_printf ("Store %zu", i + 1);
    g_autoptr (RaiChartSeries) series = walk (first, days, 5000 + 700 * (double) i, (unsigned) i);
    RaiChartLayer *layer = rai_line_layer_new (title, RAI_CHART_ROLE_SERIES_1 + i % 10, false);
    rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
    g_ptr_array_add (scene->layers, layer);
  }

  scene->time = (RaiTimeAxis){ first, first + (double) days };
  return scene;
}

static void
draw_ours (const RaiChartScene *scene, const RaiChartCanvas *canvas, cairo_t *cr) {
  RaiChartLayout layout;
  rai_chart_scene_layout (scene, canvas, &layout);
  rai_chart_scene_draw (scene, canvas, &layout, cr);
}

/* The lines alone, as paths. */
static void
draw_peer (const RaiChartScene *scene, const RaiChartCanvas *canvas, cairo_t *cr) {
  RaiChartLayout layout;
  rai_chart_scene_layout (scene, canvas, &layout);
  cairo_set_line_width (cr, 2);

  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartSeries *series = rai_line_layer_get_series (scene->layers->pdata[i]);
    RaiDay first = rai_chart_series_first_day (series);
    for (size_t j = 0; j < rai_chart_series_length (series); j++)
      cairo_line_to (
          cr, rai_chart_plot_x (&layout.plot, first + (double) j + 0.5),
          rai_chart_plot_y (&layout.plot, rai_chart_series_get (series, first + (RaiDay) j)));
    cairo_stroke (cr);
  }
}

static void
draw_nothing (const RaiChartScene *scene, const RaiChartCanvas *canvas, cairo_t *cr) {
  gdk_cairo_set_source_rgba (cr, &canvas->palette->surface);
  cairo_paint (cr);
}

typedef void (*Draw) (const RaiChartScene *scene, const RaiChartCanvas *canvas, cairo_t *cr);

/* Of this thread: others share the machine. */
static double
cpu_ms (void) {
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
draw_ms (Draw draw, const RaiChartScene *scene, const RaiChartCanvas *canvas) {
  double started = cpu_ms ();
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) canvas->width, (int) canvas->height);
  cairo_t *cr = cairo_create (surface);

  draw (scene, canvas, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);

  return cpu_ms () - started;
}

static int
compare (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values, size_t n) {
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
measure (const char *name, RaiChartScene *scene, int width, int height, size_t n) {
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  RaiChartCanvas canvas = { rai_chart_palette_get (false, false), pango, width, height, 1, false };
  static const Draw draws[] = { draw_nothing, draw_peer, draw_ours };
  double medians[3];
  double *values[3];

  for (size_t i = 0; i < 3; i++)
    values[i] = g_new (double, n);
  draw_ms (draw_ours, scene, &canvas);
  for (size_t round = 0; round < n; round++)
    for (size_t i = 0; i < 3; i++)
      values[i][round] = draw_ms (draws[i], scene, &canvas);

  for (size_t i = 0; i < 3; i++) {
    medians[i] = median (values[i], n);
    g_free (values[i]);
  }

  printf ("{\"group\": \"client\", \"name\": \"%s\", \"value\": %.2f, \"unit\": \"ms\", \"floor\": "
          "%.2f, \"peer\": %.2f, "
          "\"target\": %.1f, \"ok\": %s}\n",
          name, medians[2], medians[0], medians[1], FRAME_MS,
          medians[2] <= FRAME_MS ? "true" : "false");
  g_object_unref (pango);
  rai_chart_scene_free (scene);
}

int
main (int argc, char **argv) {
  size_t n = argc > 1 && strcmp (argv[1], "--quick") == 0 ? 3 : 15;
  measure ("chart, 10 series x 5 years, 1200 x 400", lines (10, DAYS), 1200, 400, n);
  measure ("chart, 10 series x 5 years, 2560 x 1200", lines (10, DAYS), 2560, 1200, n);
  measure ("chart, 1 series x 12 weeks, 800 x 400", lines (1, 84), 800, 400, n);
  return EXIT_SUCCESS;
}
