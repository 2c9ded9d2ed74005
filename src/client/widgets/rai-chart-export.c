/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-export.h"

#include "util/rai-csv.h"
#include "util/rai-decimal.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MARGIN 16

static void
append_headings (const RaiChartScene *scene, GString *csv) {
  g_string_append (csv, "day");
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
    for (size_t j = 0; class->n_columns != NULL && j < class->n_columns (layer); j++) {
      g_autofree char *name = NULL;
      class->column (layer, j, &name);
      g_string_append_c (csv, ',');
      rai_csv_append_text (csv, name != NULL ? name : "", ',');
    }
  }

  g_string_append (csv, "\r\n");
}

static void
append_day (const RaiChartScene *scene, RaiDay day, GString *csv) {
  char text[G_ASCII_DTOSTR_BUF_SIZE], date[11];
  double unit = scene->unit == RAI_CHART_UNIT_MONEY && scene->symbol != NULL
                    ? pow (10, rai_currency_decimals (scene->symbol))
                    : 1;

  g_string_append (csv, rai_day_format (day, date));
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
    for (size_t j = 0; class->n_columns != NULL && j < class->n_columns (layer); j++) {
      g_autofree char *name = NULL;
      double value = rai_chart_series_get (class->column (layer, j, &name), day);
      g_string_append_c (csv, ',');
      /* Layers without a range are shares of the day, not values of the axis. */
      if (!isnan (value))
        g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.10g",
                                               class->range != NULL ? value / unit : value));
    }
  }

  g_string_append (csv, "\r\n");
}

char *
rai_chart_export_csv (const RaiChartScene *scene) {
  GString *csv = g_string_new (NULL);
  RaiDay first, last;
  append_headings (scene, csv);
  if (rai_chart_scene_extent (scene, &first, &last))
    for (RaiDay day = first; day <= last; day++)
      append_day (scene, day, csv);
  return g_string_free (csv, FALSE);
}

static void
draw_all (const RaiChartScene *scene, const RaiChartCanvas *canvas, cairo_t *cr) {
  RaiChartLayout layout;
  gdk_cairo_set_source_rgba (cr, &canvas->palette->surface);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  rai_chart_scene_layout (scene, canvas, &layout);
  rai_chart_scene_draw (scene, canvas, &layout, cr);
}

static bool
check (cairo_status_t status, const char *path, GError **error) {
  if (status == CAIRO_STATUS_SUCCESS)
    return true;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s could not be written: %s"), path,
               cairo_status_to_string (status));
  return false;
}

bool
rai_chart_export_png (const RaiChartScene *scene, const RaiChartCanvas *canvas, const char *path,
                      GError **error) {
  RaiChartCanvas large = *canvas;
  large.device_scale = 2;

  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * ((int) canvas->width + 2 * MARGIN),
                                  2 * ((int) canvas->height + 2 * MARGIN));

  cairo_surface_set_device_scale (surface, 2, 2);
  cairo_t *cr = cairo_create (surface);
  draw_all (scene, &large, cr);
  cairo_destroy (cr);

  bool written = check (cairo_surface_write_to_png (surface, path), path, error);
  cairo_surface_destroy (surface);
  return written;
}

bool
rai_chart_export_svg (const RaiChartScene *scene, const RaiChartCanvas *canvas, const char *path,
                      GError **error) {
  RaiChartCanvas plain = *canvas;
  plain.device_scale = 1;

  cairo_surface_t *surface =
      cairo_svg_surface_create (path, canvas->width + 2 * MARGIN, canvas->height + 2 * MARGIN);
  cairo_t *cr = cairo_create (surface);

  draw_all (scene, &plain, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);

  bool written = check (cairo_surface_status (surface), path, error);
  cairo_surface_destroy (surface);
  return written;
}

bool
rai_chart_export (const RaiChartScene *scene, const RaiChartCanvas *canvas, const char *kind,
                  const char *path, GError **error) {
  if (strcmp (kind, "png") == 0)
    return rai_chart_export_png (scene, canvas, path, error);
  if (strcmp (kind, "svg") == 0)
    return rai_chart_export_svg (scene, canvas, path, error);
  g_autofree char *csv = rai_chart_export_csv (scene);
  return g_file_set_contents (path, csv, -1, error);
}
