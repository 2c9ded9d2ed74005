/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

void
figure_tell (const char *group, const char *name, double value, const char *unit,
             const double *peer, double target) {
  g_autofree char *beside = peer != NULL ? g_strdup_printf ("%.4f", *peer) : g_strdup ("null");
  g_autofree char *wanted = target > 0 ? g_strdup_printf ("%.4f", target) : g_strdup ("null");
  printf (
      "{\"group\":\"%s\",\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",\"floor\":null,\"peer\":%s,"
      "\"target\":%s,\"ok\":%s}\n",
      group, name, value, unit, beside, wanted,
      target > 0 ? (value <= target ? "true" : "false") : "null");
  fflush (stdout);
}

static int
compare_numbers (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

double
figure_median (double *numbers, size_t n) {
  qsort (numbers, n, sizeof *numbers, compare_numbers);
  return numbers[n / 2];
}
