/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-stroke.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>

#define WIDTH 120
#define HEIGHT 80

typedef void (*Draw) (cairo_t *cr, const double *ys, size_t n);

static void
draw_stroke (cairo_t *cr, const double *ys, size_t n) {
  RaiChartStroke *stroke = rai_chart_stroke_new (0, 0, WIDTH, HEIGHT, 2, 1);
  for (size_t i = 0; i < n; i++)
    (i ? rai_chart_stroke_line_to
       : rai_chart_stroke_move_to) (stroke, 10 + 100.0 * (double) i / (double) (n - 1), ys[i]);
  rai_chart_stroke_paint (stroke, cr);
}

static void
draw_cairo (cairo_t *cr, const double *ys, size_t n) {
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (size_t i = 0; i < n; i++)
    cairo_line_to (cr, 10 + 100.0 * (double) i / (double) (n - 1), ys[i]);
  cairo_stroke (cr);
}

static cairo_surface_t *
picture (Draw draw, const double *ys, size_t n) {
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  draw (cr, ys, n);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* The same picture as cairo's, but for the softness of edges. */
static void
assert_like_cairo (const double *ys, size_t n) {
  cairo_surface_t *ours = picture (draw_stroke, ys, n), *theirs = picture (draw_cairo, ys, n);
  const uint32_t *a = (const uint32_t *) cairo_image_surface_get_data (ours);
  const uint32_t *b = (const uint32_t *) cairo_image_surface_get_data (theirs);
  double difference = 0, ink = 0;

  for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
    difference += fabs ((double) (a[i] >> 24) - (double) (b[i] >> 24));
    ink += (double) (b[i] >> 24);
  }

  g_assert_cmpfloat (ink, >, 0);
  g_assert_cmpfloat (difference, <, 0.2 * ink);
  cairo_surface_destroy (ours);
  cairo_surface_destroy (theirs);
}

static void
test_like_cairo (void) {
  const double flat[] = { 40, 40, 40 }, slope[] = { 10, 70 },
               spikes[] = { 60, 12, 60, 12, 70, 70, 20, 21, 22 };
  assert_like_cairo (flat, G_N_ELEMENTS (flat));
  assert_like_cairo (slope, G_N_ELEMENTS (slope));
  assert_like_cairo (spikes, G_N_ELEMENTS (spikes));
}

/* Points outside, far outside and all at one place neither crash nor draw outside. */
static void
test_outside (void) {
  const double far_away[] = { -1e9, 1e9, -1e9, 40, 1e9 }, out[] = { -50, -50, 500, 500 };
  cairo_surface_t *a = picture (draw_stroke, far_away, G_N_ELEMENTS (far_away));
  cairo_surface_t *b = picture (draw_stroke, out, 2);
  const uint32_t *pixels = (const uint32_t *) cairo_image_surface_get_data (b);
  for (size_t i = 0; i < WIDTH * HEIGHT; i++)
    g_assert_cmpuint (pixels[i], ==, 0);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-stroke/like-cairo", test_like_cairo);
  g_test_add_func ("/chart-stroke/outside", test_outside);
  return g_test_run ();
}
