/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Readers of what others wrote, which may hold anything. */
/* The member's text, the object's own; NULL when there is no object, no such member, or it is no
 * text. */
const char *rai_json_get_text (JsonObject *object, const char *name);
