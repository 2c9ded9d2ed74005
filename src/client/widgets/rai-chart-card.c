/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-card.h"

#include "client/widgets/rai-chart-text.h"

#define PADDING 10
#define DOT 14
#define COLUMN_GAP 16
#define ROW_GAP 2
#define RADIUS 8
#define SHADOW 3

static double
title_width (PangoContext *pango, const char *title) {
  g_autoptr (PangoLayout) layout = rai_chart_text_new (pango, title, RAI_CHART_TEXT_SMALL);
  g_autoptr (PangoAttrList) attributes =
      pango_attr_list_copy (pango_layout_get_attributes (layout));
  int width;
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

void
rai_chart_card_measure (PangoContext *pango, const char *title, GArray *facts, double *width,
                        double *height) {
  double names = 0, texts = 0, row = rai_chart_text_height (pango) + ROW_GAP;
  for (size_t i = 0; i < facts->len; i++) {
    const RaiChartFact *fact = &g_array_index (facts, RaiChartFact, i);
    names = MAX (names, rai_chart_text_width (pango, fact->name ? fact->name : ""));
    texts = MAX (texts, rai_chart_text_width (pango, fact->text));
  }

  double body = facts->len > 0 ? DOT + names + (texts > 0 ? COLUMN_GAP + texts : 0) : 0;
  *width = MAX (title_width (pango, title), body) + 2 * PADDING;
  *height = (1 + (double) facts->len) * row + (facts->len > 0 ? 4 : 0) + 2 * PADDING - ROW_GAP;
}

static void
rounded (cairo_t *cr, double x, double y, double width, double height) {
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - RADIUS, y + RADIUS, RADIUS, -G_PI / 2, 0);
  cairo_arc (cr, x + width - RADIUS, y + height - RADIUS, RADIUS, 0, G_PI / 2);
  cairo_arc (cr, x + RADIUS, y + height - RADIUS, RADIUS, G_PI / 2, G_PI);
  cairo_arc (cr, x + RADIUS, y + RADIUS, RADIUS, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_background (cairo_t *cr, const RaiChartPalette *palette, double x, double y, double width,
                 double height) {
  for (int i = SHADOW; i > 0; i--) {
    rounded (cr, x - i, y - i + 1, width + 2 * i, height + 2 * i);
    cairo_set_source_rgba (cr, 0, 0, 0, palette->dark ? 0.14 : 0.04);
    cairo_fill (cr);
  }

  rounded (cr, x, y, width, height);
  gdk_cairo_set_source_rgba (cr, &palette->card);
  cairo_fill_preserve (cr);
  GdkRGBA border =
      palette->high_contrast ? palette->ink : rai_chart_palette_fade (&palette->ink, 0.15);
  gdk_cairo_set_source_rgba (cr, &border);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_title (cairo_t *cr, const RaiChartCanvas *canvas, const char *title, double x, double y,
            double align) {
  g_autoptr (PangoLayout) layout = rai_chart_text_new (canvas->pango, title, RAI_CHART_TEXT_SMALL);
  g_autoptr (PangoAttrList) attributes =
      pango_attr_list_copy (pango_layout_get_attributes (layout));

  int width;
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gdk_cairo_set_source_rgba (cr, &canvas->palette->ink);
  cairo_move_to (cr, x - align * width, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
rai_chart_card_draw (cairo_t *cr, const RaiChartCanvas *canvas, const char *title, GArray *facts,
                     double x, double y) {
  double width, height, row = rai_chart_text_height (canvas->pango) + ROW_GAP;
  const RaiChartPalette *palette = canvas->palette;
  rai_chart_card_measure (canvas->pango, title, facts, &width, &height);
  draw_background (cr, palette, x, y, width, height);

  /* Start is where reading starts. */
  double start = canvas->rtl ? x + width - PADDING : x + PADDING,
         end = canvas->rtl ? x + PADDING : x + width - PADDING;
  double along = canvas->rtl ? -1 : 1, align = canvas->rtl ? 1 : 0, at = y + PADDING;

  draw_title (cr, canvas, title, start, at, align);
  at += row + 4;
  for (size_t i = 0; i < facts->len; i++, at += row) {
    const RaiChartFact *fact = &g_array_index (facts, RaiChartFact, i);
    if (fact->layer != NULL && RAI_CHART_LAYER_GET_CLASS (fact->layer)->range != NULL) {
      gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (fact->layer, palette));
      cairo_arc (cr, start + along * 4, at + (row - ROW_GAP) / 2, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
    rai_chart_text_draw (cr, canvas->pango, fact->name != NULL ? fact->name : "", &palette->dim,
                         start + along * DOT, at, align);
    rai_chart_text_draw (cr, canvas->pango, fact->text, &palette->ink, end, at, 1 - align);
  }
}

double
rai_chart_card_place (double left, double right, double card_width, double width, bool rtl) {
  double before = left - 10 - card_width, after = right + 10;
  if (rtl)
    return before >= 0 || after + card_width > width ? MAX (before, 0) : after;
  return after + card_width <= width || before < 0 ? MAX (0, MIN (after, width - card_width))
                                                   : before;
}
