/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-gsl.h"

#include <glib.h>
#include <gsl/gsl_errno.h>

void
rai_gsl_begin (void) {
  static size_t once;
  if (g_once_init_enter (&once)) {
    gsl_set_error_handler_off ();
    g_once_init_leave (&once, 1);
  }
}
