/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <stdbool.h>

/* Colours by role, from libadwaita's palette: light, dark and high contrast. Pure values: no
 * display is needed, so that pictures can be drawn and tested anywhere. Roles are told apart by
 * shape or words too, never by colour alone. */
typedef enum {
  RAI_CHART_ROLE_HISTORY,    /* what happened: the foreground */
  RAI_CHART_ROLE_FORECAST,   /* what is expected: the accent */
  RAI_CHART_ROLE_COMPARISON, /* last year, a baseline: the dimmed foreground */
  RAI_CHART_ROLE_ATTENTION,  /* orange */
  RAI_CHART_ROLE_LOSS,       /* red */
  RAI_CHART_ROLE_GAIN,       /* green */
  RAI_CHART_ROLE_SERIES_1,   /* peers without a meaning of their own: ten colours a colour-blind
                                reader can tell */
  RAI_CHART_ROLE_SERIES_2,
  RAI_CHART_ROLE_SERIES_3,
  RAI_CHART_ROLE_SERIES_4,
  RAI_CHART_ROLE_SERIES_5,
  RAI_CHART_ROLE_SERIES_6,
  RAI_CHART_ROLE_SERIES_7,
  RAI_CHART_ROLE_SERIES_8,
  RAI_CHART_ROLE_SERIES_9,
  RAI_CHART_ROLE_SERIES_10,
} RaiChartRole;

#define RAI_CHART_N_ROLES (RAI_CHART_ROLE_SERIES_10 + 1)
#define RAI_TYPE_CHART_ROLE (rai_chart_role_get_type ())
GType rai_chart_role_get_type (void);

typedef struct {
  bool dark;
  bool high_contrast;
  GdkRGBA surface; /* opaque: what the chart stands on, and the background of exported pictures */
  GdkRGBA card;    /* opaque: the hover card */
  GdkRGBA ink;     /* text and emphasis */
  GdkRGBA dim;     /* axis labels */
  GdkRGBA grid;
  GdkRGBA roles[RAI_CHART_N_ROLES];
  double line_width; /* logical pixels */
} RaiChartPalette;

/* A static palette, never freed. */
const RaiChartPalette *rai_chart_palette_get (bool dark, bool high_contrast);
/* The colour with its alpha multiplied. */
GdkRGBA rai_chart_palette_fade (const GdkRGBA *color, double alpha);
