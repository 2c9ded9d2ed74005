/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-palette.h"

G_DEFINE_ENUM_TYPE (RaiChartRole, rai_chart_role,
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_HISTORY, "history"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_FORECAST, "forecast"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_COMPARISON, "comparison"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_ATTENTION, "attention"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_LOSS, "loss"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_GAIN, "gain"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_1, "series-1"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_2, "series-2"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_3, "series-3"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_4, "series-4"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_5, "series-5"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_6, "series-6"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_7, "series-7"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_8, "series-8"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_9, "series-9"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_ROLE_SERIES_10, "series-10"))

#define HEX(rgb) \
  { ((rgb) >> 16 & 0xff) / 255.0f, ((rgb) >> 8 & 0xff) / 255.0f, ((rgb) &0xff) / 255.0f, 1.0f }
#define BLACK(alpha) \
  { 0, 0, 0, alpha }
#define WHITE(alpha) \
  { 1, 1, 1, alpha }

/* history, forecast, comparison, attention, loss, gain, then the ten of the series. */
#define LIGHT_ROLES(history, comparison) \
  { \
    history, HEX (0x1c71d8), comparison, HEX (0xc64600), HEX (0xc01c28), HEX (0x1b8553), \
        HEX (0x1c71d8), HEX (0xe66100), HEX (0x26a269), HEX (0x813d9c), HEX (0x865e3c), \
        HEX (0xe5a50a), HEX (0xc01c28), HEX (0x0b8484), HEX (0xd56199), HEX (0x5e5c64) \
  }
#define DARK_ROLES(history, comparison) \
  { \
    history, HEX (0x78aeed), comparison, HEX (0xffa348), HEX (0xff7b63), HEX (0x8ff0a4), \
        HEX (0x78aeed), HEX (0xffa348), HEX (0x57e389), HEX (0xdc8add), HEX (0xcdab8f), \
        HEX (0xf8e45c), HEX (0xff7b63), HEX (0x5bc8c8), HEX (0xf5a3c7), HEX (0xc0bfbc) \
  }

static const RaiChartPalette palettes[2][2] = {
  {
      { .surface = HEX (0xffffff),
        .card = HEX (0xffffff),
        .ink = BLACK (0.8f),
        .dim = BLACK (0.6f),
        .grid = BLACK (0.09f),
        .roles = LIGHT_ROLES (BLACK (0.8f), BLACK (0.42f)),
        .line_width = 2.0 },
      { .high_contrast = true,
        .surface = HEX (0xffffff),
        .card = HEX (0xffffff),
        .ink = BLACK (1.0f),
        .dim = BLACK (0.85f),
        .grid = BLACK (0.3f),
        .roles = LIGHT_ROLES (BLACK (1.0f), BLACK (0.65f)),
        .line_width = 2.5 },
  },
  {
      { .dark = true,
        .surface = HEX (0x363636),
        .card = HEX (0x454545),
        .ink = WHITE (0.95f),
        .dim = WHITE (0.68f),
        .grid = WHITE (0.11f),
        .roles = DARK_ROLES (WHITE (0.92f), WHITE (0.5f)),
        .line_width = 2.0 },
      { .dark = true,
        .high_contrast = true,
        .surface = HEX (0x000000),
        .card = HEX (0x1e1e1e),
        .ink = WHITE (1.0f),
        .dim = WHITE (0.9f),
        .grid = WHITE (0.35f),
        .roles = DARK_ROLES (WHITE (1.0f), WHITE (0.75f)),
        .line_width = 2.5 },
  },
};

const RaiChartPalette *
rai_chart_palette_get (bool dark, bool high_contrast) {
  return &palettes[dark][high_contrast];
}

GdkRGBA
rai_chart_palette_fade (const GdkRGBA *color, double alpha) {
  GdkRGBA faded = *color;
  faded.alpha *= (float) alpha;
  return faded;
}
