/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* How the steps of a forecast go together. Of each window of the backtest the rank of every step's
 * sales in its forecast distribution is kept (0: the lowest thinkable, 1: the highest). A sample
 * path takes the ranks of one window of a series that sells about as much, and reads the values of
 * those ranks in the distributions of the new forecast, so that sums over steps vary as they did
 * (the Schaake shuffle: Clark et al., Journal of Hydrometeorology 5(1), 2004; Schefzik,
 * Thorarinsdottir & Gneiting, Statistical Science 28(4), 2013). Filled by one thread, then read by
 * any. */
#define RAI_PATHS 400

typedef struct _RaiPaths RaiPaths;

RaiPaths *rai_paths_new (size_t horizon);
void rai_paths_free (RaiPaths *paths);
/* A window whose mean forecast is this; ranks[horizon] in [0, 1], NAN where nothing is known. */
void rai_paths_add (RaiPaths *paths, double mean, const double *ranks);
/* After the last window. With too few of them, ranks are drawn with a correlation that is
 * usual. */
void rai_paths_end (RaiPaths *paths);
/* The ranks [horizon] of path k < RAI_PATHS of a series that sells this much a step. */
const float *rai_paths_ranks (const RaiPaths *paths, double mean, size_t k);
