/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The description of the web service (OpenAPI 3.1), made from the tables of routes, queries,
 * commands and problems. */
void rai_openapi_append (GString *json);
