/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-text.h"

PangoLayout *
rai_chart_text_new (PangoContext *pango, const char *text, double scale) {
  PangoLayout *layout = pango_layout_new (pango);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
rai_chart_text_width (PangoContext *pango, const char *text) {
  g_autoptr (PangoLayout) layout = rai_chart_text_new (pango, text, RAI_CHART_TEXT_SMALL);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double
rai_chart_text_height (PangoContext *pango) {
  g_autoptr (PangoLayout) layout = rai_chart_text_new (pango, "0", RAI_CHART_TEXT_SMALL);
  int height;
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
draw (cairo_t *cr, PangoContext *pango, const char *text, const GdkRGBA *color,
      const GdkRGBA *surface, double x, double y, double align, double most) {
  g_autoptr (PangoLayout) layout = rai_chart_text_new (pango, text, RAI_CHART_TEXT_SMALL);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);

  if (most >= 0 && width > most) {
    pango_layout_set_width (layout, (int) (most * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    width = (int) most;
  }

  cairo_move_to (cr, x - align * width, y);
  if (surface != NULL) {
    cairo_save (cr);
    pango_cairo_layout_path (cr, layout);
    gdk_cairo_set_source_rgba (cr, surface);
    cairo_set_line_width (cr, 4);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke (cr);
    cairo_restore (cr);
    cairo_move_to (cr, x - align * width, y);
  }

  gdk_cairo_set_source_rgba (cr, color);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
rai_chart_text_draw (cairo_t *cr, PangoContext *pango, const char *text, const GdkRGBA *color,
                     double x, double y, double align) {
  draw (cr, pango, text, color, NULL, x, y, align, -1);
}

void
rai_chart_text_draw_within (cairo_t *cr, PangoContext *pango, const char *text,
                            const GdkRGBA *color, double x, double y, double align, double width) {
  draw (cr, pango, text, color, NULL, x, y, align, MAX (width, 0));
}

void
rai_chart_text_draw_on (cairo_t *cr, PangoContext *pango, const char *text, const GdkRGBA *color,
                        const GdkRGBA *surface, double x, double y, double align) {
  draw (cr, pango, text, color, surface, x, y, align, -1);
}
