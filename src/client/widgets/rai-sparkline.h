/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A line without axes: the shape of a few weeks beside its number. The text beside it says the
 * value, so it is hidden from screen readers. */
#define RAI_TYPE_SPARKLINE (rai_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (RaiSparkline, rai_sparkline, RAI, SPARKLINE, GtkWidget)

GtkWidget *rai_sparkline_new (int width, int height);
/* Copies; n_values 0 shows nothing. The baseline is zero. */
void rai_sparkline_set_values (RaiSparkline *sparkline, const double *values, size_t n_values);
