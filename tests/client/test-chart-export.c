/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-export.h"

#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-line-layer.h"

#include <glib/gstdio.h>
#include <math.h>

static RaiChartScene *
new_scene (void) {
  RaiChartScene *scene = rai_chart_scene_new ();
  RaiDay first = rai_day_from_ymd (2026, 2, 28);
  const double sold[] = { 481235, NAN, 12 }, low[] = { 100, 100, 100 }, high[] = { 300, 300, 300 };

  g_autoptr (RaiChartSeries) line = rai_chart_series_new (first, sold, 3),
                             below = rai_chart_series_new (first, low, 3);
  g_autoptr (RaiChartSeries) above = rai_chart_series_new (first, high, 3);

  RaiChartLayer *layer = rai_line_layer_new ("Sold, net", RAI_CHART_ROLE_HISTORY, false);
  RaiChartLayer *band = rai_band_layer_new (RAI_CHART_ROLE_FORECAST);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), line);
  rai_band_layer_add (RAI_BAND_LAYER (band), 80, below, above);
  g_ptr_array_add (scene->layers, layer);
  g_ptr_array_add (scene->layers, band);
  scene->unit = RAI_CHART_UNIT_MONEY;
  scene->symbol = g_strdup ("EUR");
  scene->time = (RaiTimeAxis){ first, first + 3 };

  return scene;
}

static void
test_csv (void) {
  g_autoptr (RaiChartScene) scene = new_scene ();
  g_autofree char *csv = rai_chart_export_csv (scene);
  g_assert_cmpstr (csv, ==,
                   "day,\"Sold, net\",\"80 of 100, low\",\"80 of 100, high\"\r\n"
                   "2026-02-28,4812.35,1,3\r\n"
                   "2026-03-01,,1,3\r\n"
                   "2026-03-02,0.12,1,3\r\n");
}

static void
test_pictures (void) {
  g_autoptr (RaiChartScene) scene = new_scene ();
  g_autoptr (GError) error = NULL;

  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  RaiChartCanvas canvas = { rai_chart_palette_get (false, false), pango, 400, 200, 1, false };
  g_autofree char *folder = g_dir_make_tmp ("rai-chart-XXXXXX", &error);

  g_assert_no_error (error);
  g_autofree char *png = g_build_filename (folder, "a.png", NULL),
                  *svg = g_build_filename (folder, "a.svg", NULL);

  g_assert_true (rai_chart_export_png (scene, &canvas, png, &error));
  g_assert_true (rai_chart_export_svg (scene, &canvas, svg, &error));

  cairo_surface_t *read = cairo_image_surface_create_from_png (png);
  g_assert_cmpint (cairo_image_surface_get_width (read), ==, 2 * (400 + 32));
  cairo_surface_destroy (read);

  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (svg, &text, NULL, &error));

  /* Lines stay lines: no picture inside. */
  g_assert_nonnull (g_strstr_len (text, -1, "<path"));
  g_assert_null (g_strstr_len (text, -1, "<image"));
  g_unlink (png);
  g_unlink (svg);
  g_assert_false (rai_chart_export_png (scene, &canvas, "/nowhere/at/all.png", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (g_strstr_len (error->message, -1, "/nowhere/at/all.png"));
  g_rmdir (folder);
  g_object_unref (pango);
}

/* The kind's name decides what is written. */
static void
test_kinds (void) {
  g_autoptr (RaiChartScene) scene = new_scene ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rai-chart-XXXXXX", &error);
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  RaiChartCanvas canvas = { rai_chart_palette_get (false, false), pango, 400, 200, 1, false };
  static const struct {
    const char *kind, *begins;
  } kinds[] = { { "png", "\211PNG" }, { "svg", "<?xml" }, { "csv", "day,\"Sold, net\"" } };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *path = g_build_filename (folder, kinds[i].kind, NULL), *text = NULL;
    g_assert_true (rai_chart_export (scene, &canvas, kinds[i].kind, path, &error));
    g_assert_true (g_file_get_contents (path, &text, NULL, &error));
    g_assert_true (g_str_has_prefix (text, kinds[i].begins));
    g_unlink (path);
  }

  g_assert_false (rai_chart_export (scene, &canvas, "csv", "/nowhere/at/all.csv", &error));
  g_assert_nonnull (error);
  g_rmdir (folder);
  g_object_unref (pango);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-export/csv", test_csv);
  g_test_add_func ("/chart-export/pictures", test_pictures);
  g_test_add_func ("/chart-export/kinds", test_kinds);
  return g_test_run ();
}
