/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* One figure: what it is, its value, how it compares, the last weeks as a line, and a caption that
 * says what it is measured over. Properties: title, value, caption. Empty parts take no room. */
#define RAI_TYPE_TILE (rai_tile_get_type ())
G_DECLARE_FINAL_TYPE (RaiTile, rai_tile, RAI, TILE, GtkBox)

typedef enum {
  RAI_TILE_NEUTRAL,
  RAI_TILE_GOOD,
  RAI_TILE_BAD,
} RaiTileMood;

GtkWidget *rai_tile_new (const char *title);
void rai_tile_set_value (RaiTile *tile, const char *value);
void rai_tile_set_caption (RaiTile *tile, const char *caption);
/* One comparison in words ("6 % above forecast"), in place `index` 0 or 1; NULL: none. */
void rai_tile_set_delta (RaiTile *tile, unsigned index, const char *text, RaiTileMood mood);
/* n 0: no line. */
void rai_tile_set_values (RaiTile *tile, const double *values, size_t n);

/* "6 % above forecast", "2 % below forecast", "as forecast" of two amounts by the words given
 * (printf, one %s); NULL when there is nothing to compare with. */
char *rai_tile_compare (double value, double reference, const char *above, const char *below,
                        const char *equal);
/* Good when it grew, bad when it shrank, by at least half a percent. */
RaiTileMood rai_tile_mood (double value, double reference);
