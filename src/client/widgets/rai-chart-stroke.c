/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-stroke.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define PARTS 4 /* columns a pixel */
#define UNIT 64 /* of a part: 256 a pixel */
#define BLOCK \
  32 /* pixels summed side by side: so that rows are written along memory, by vector instructions \
      */

struct _RaiChartStroke {
  double x, y, scale, radius; /* origin in user units; radius in pixels */
  int width, height;          /* pixels */
  float *low, *high; /* per part of a pixel, the graph's range in pixels; low > high: none */
  double pen_x, pen_y;
};

RaiChartStroke *
rai_chart_stroke_new (double x, double y, double width, double height, double line_width,
                      double scale) {
  RaiChartStroke *stroke = g_new0 (RaiChartStroke, 1);
  /* On whole pixels, so that painting the mask copies and does not filter. */
  stroke->x = floor (x * scale) / scale;
  stroke->y = floor (y * scale) / scale;
  stroke->scale = scale;
  stroke->radius = line_width * scale / 2;
  stroke->width = MAX (1, (int) ceil ((x - stroke->x + width) * scale));
  stroke->height = MAX (1, (int) ceil ((y - stroke->y + height) * scale));

  size_t n = (size_t) stroke->width * PARTS;
  stroke->low = g_new (float, n);
  stroke->high = g_new (float, n);

  for (size_t i = 0; i < n; i++) {
    stroke->low[i] = INFINITY;
    stroke->high[i] = -INFINITY;
  }

  return stroke;
}

static void
to_pixels (const RaiChartStroke *stroke, double *x, double *y) {
  *x = (*x - stroke->x) * stroke->scale;
  *y = (*y - stroke->y) * stroke->scale;
}

static void
cover (RaiChartStroke *stroke, int part, double a, double b) {
  if (part < 0 || part >= stroke->width * PARTS)
    return;
  stroke->low[part] = MIN (stroke->low[part], (float) MIN (a, b));
  stroke->high[part] = MAX (stroke->high[part], (float) MAX (a, b));
}

void
rai_chart_stroke_move_to (RaiChartStroke *stroke, double x, double y) {
  to_pixels (stroke, &x, &y);
  stroke->pen_x = x;
  stroke->pen_y = y;
}

void
rai_chart_stroke_line_to (RaiChartStroke *stroke, double x, double y) {
  to_pixels (stroke, &x, &y);
  double x0 = stroke->pen_x, y0 = stroke->pen_y, x1 = x, y1 = y;
  stroke->pen_x = x;
  stroke->pen_y = y;

  if (x1 < x0) {
    double swap = x0;
    x0 = x1;
    x1 = swap;
    swap = y0;
    y0 = y1;
    y1 = swap;
  }

  int first = (int) MAX (floor (x0 * PARTS), -1),
      last = (int) MIN (floor (x1 * PARTS), stroke->width * PARTS);
  double slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;

  for (int part = first; part <= last; part++) {
    double from = MAX (x0, (double) part / PARTS), to = MIN (x1, (part + 1.0) / PARTS);
    cover (stroke, part, x1 > x0 ? y0 + (from - x0) * slope : y0,
           x1 > x0 ? y0 + (to - x0) * slope : y1);
  }
}

/* The range that a round brush over the graph covers at one part. */
static bool
brush (const RaiChartStroke *stroke, const float *rise, int reach, int part, float *top,
       float *bottom) {
  int n = stroke->width * PARTS;
  float least = INFINITY, most = -INFINITY;
  for (int k = MAX (-reach, -part); k <= reach && part + k < n; k++) {
    float above = stroke->low[part + k] - rise[ABS (k)],
          below = stroke->high[part + k] + rise[ABS (k)];
    if (above < least)
      least = above;
    if (below > most)
      most = below;
  }

  *top = CLAMP (least, 0, (float) stroke->height);
  *bottom = CLAMP (most, 0, (float) stroke->height);
  return *bottom > *top;
}

/* Adds a range to a column's differences, BLOCK apart: the running sum is the part of each pixel
 * that is covered, in units that make PARTS whole ones 256. */
static void
add_range (int16_t *differences, float top, float bottom) {
  int from = (int) (top * UNIT), to = (int) (bottom * UNIT);
  size_t first = (size_t) (from / UNIT) * BLOCK, last = (size_t) (to / UNIT) * BLOCK;
  int a = from % UNIT, b = to % UNIT;
  differences[first] += (int16_t) (UNIT - a);
  differences[first + BLOCK] += (int16_t) a;
  differences[last] -= (int16_t) (UNIT - b);
  differences[last + BLOCK] -= (int16_t) b;
}

/* Sums the rows first..last of a block and leaves the differences clean. */
static void
sum_rows (int16_t *differences, int first, int last, unsigned char *pixels, size_t stride,
          size_t n) {
  int16_t sums[BLOCK] = { 0 };
  for (int row = first; row <= last; row++) {
    int16_t *line = differences + (size_t) row * BLOCK;
    unsigned char bytes[BLOCK];
    for (size_t i = 0; i < BLOCK; i++) {
      sums[i] = (int16_t) (sums[i] + line[i]);
      line[i] = 0;
      bytes[i] = (unsigned char) (sums[i] > 255 ? 255 : sums[i]);
    }
    memcpy (pixels + (size_t) row * stride, bytes, n);
  }
}

static void
fill_block (const RaiChartStroke *stroke, const float *rise, int reach, int column,
            int16_t *differences, unsigned char *pixels, size_t stride) {
  int first = stroke->height, last = -1, n = MIN (BLOCK, stroke->width - column);
  for (int i = 0; i < n * PARTS; i++) {
    float top, bottom;
    if (!brush (stroke, rise, reach, column * PARTS + i, &top, &bottom))
      continue;
    add_range (differences + i / PARTS, top, bottom);
    first = MIN (first, (int) top);
    last = MAX (last, (int) bottom);
  }

  if (last < 0)
    return;
  sum_rows (differences, first, MIN (last, stroke->height - 1), pixels + column, stride,
            (size_t) n);

  /* What lies below the picture. */
  for (int row = stroke->height; row <= last + 1; row++)
    memset (differences + (size_t) row * BLOCK, 0, BLOCK * sizeof *differences);
  if (last + 1 < stroke->height)
    memset (differences + (size_t) (last + 1) * BLOCK, 0, BLOCK * sizeof *differences);
}

static void
stroke_free (RaiChartStroke *stroke) {
  g_free (stroke->low);
  g_free (stroke->high);
  g_free (stroke);
}

/* Cuts the picture to the rows that the graph touches; false when it touches none. */
static bool
crop (RaiChartStroke *stroke) {
  float least = INFINITY, most = -INFINITY, reach = (float) stroke->radius + 1;
  for (size_t i = 0; i < (size_t) stroke->width * PARTS; i++) {
    least = stroke->low[i] < least ? stroke->low[i] : least;
    most = stroke->high[i] > most ? stroke->high[i] : most;
  }

  float top = floorf (MAX (least - reach, 0)),
        bottom = ceilf (MIN (most + reach, (float) stroke->height));
  if (!(bottom > top))
    return false;
  for (size_t i = 0; i < (size_t) stroke->width * PARTS; i++) {
    stroke->low[i] -= top;
    stroke->high[i] -= top;
  }

  stroke->y += top / stroke->scale;
  stroke->height = (int) (bottom - top);
  return true;
}

void
rai_chart_stroke_paint (RaiChartStroke *stroke, cairo_t *cr) {
  if (!crop (stroke)) {
    stroke_free (stroke);
    return;
  }

  cairo_surface_t *mask =
      cairo_image_surface_create (CAIRO_FORMAT_A8, stroke->width, stroke->height);
  int stride = cairo_image_surface_get_stride (mask), reach = (int) floor (stroke->radius * PARTS);
  unsigned char *pixels = cairo_image_surface_get_data (mask);
  g_autofree int16_t *differences = g_new0 (int16_t, ((size_t) stroke->height + 3) * BLOCK);
  g_autofree float *rise = g_new (float, (size_t) reach + 1);

  if (pixels == NULL) {
    cairo_surface_destroy (mask);
    stroke_free (stroke);
    return;
  }

  for (int k = 0; k <= reach; k++) {
    double across = (double) k / PARTS;
    rise[k] = (float) sqrt (MAX (0, stroke->radius * stroke->radius - across * across));
  }

  for (int column = 0; column < stroke->width; column += BLOCK)
    fill_block (stroke, rise, reach, column, differences, pixels, (size_t) stride);
  cairo_surface_mark_dirty (mask);
  cairo_surface_set_device_scale (mask, stroke->scale, stroke->scale);
  cairo_mask_surface (cr, mask, stroke->x, stroke->y);
  cairo_surface_destroy (mask);
  stroke_free (stroke);
}

bool
rai_chart_stroke_suits (cairo_t *cr) {
  return cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}
