/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "competition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* scratch: bench-local BACK SETS METHODS */
int
main (int argc, char **argv) {
  size_t back = argc > 1 ? (size_t) atoi (argv[1]) : 0;
  g_auto (GStrv) sets = g_strsplit (argv[2], ",", -1);
  g_auto (GStrv) methods = g_strsplit (argv[3], ",", -1);
  for (size_t s = 0; sets[s] != NULL; s++) {
    g_autoptr (CompetitionSet) set = competition_read (sets[s]);
    if (set == NULL)
      return 77;
    for (size_t m = 0; methods[m] != NULL; m++) {
      CompetitionScore score = competition_score (set, rai_forecaster_find (methods[m]), back);
      printf ("%-20s back %zu %-12s n %4zu sMAPE %6.3f MASE %.4f OWA %.4f  %.2f ms\n", sets[s], back, methods[m],
              score.n, score.smape, score.mase, score.owa, score.milliseconds);
      fflush (stdout);
    }
  }
  return 0;
}
