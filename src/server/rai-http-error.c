/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-http-error.h"

GQuark
rai_http_error_quark (void) {
  return g_quark_from_static_string ("rai-http-error");
}
