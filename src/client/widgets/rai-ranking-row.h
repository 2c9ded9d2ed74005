/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One of several that are compared: its name, a bar of its value on the common scale with a mark
 * for before, the value, and the difference in words. `key` is for whoever handles its
 * activation. */
#define RAI_TYPE_RANKING_ROW (rai_ranking_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiRankingRow, rai_ranking_row, RAI, RANKING_ROW, GtkListBoxRow)

typedef struct {
  int64_t key;
  const char *name;
  const char *value; /* "48,210 EUR" */
  const char *delta; /* "+6 %"; NULL: none */
  double share;      /* of the greatest, 0..1 */
  double mark;       /* of the greatest, 0..1; < 0: none */
  bool grew;         /* says which colour the delta has */
} RaiRanking;

GtkWidget *rai_ranking_row_new (const RaiRanking *ranking);
int64_t rai_ranking_row_get_key (RaiRankingRow *row);
