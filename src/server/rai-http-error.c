/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-http-error.h"

G_DEFINE_QUARK (rai - http - error - quark, rai_http_error)
