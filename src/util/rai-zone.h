/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The names of time zones, as the IANA's database has them. */

/* A name that this machine's database knows: "Europe/Berlin", "UTC". Offsets and rules ("+02:00",
 * "CET-1CEST"), which GLib takes too, are none: what they mean changes when clocks do. Any
 * thread; reads a file. */
bool rai_zone_is_known (const char *name);

/* The names that zone.tab has, one for each place that keeps a time of its own, sorted, and "UTC"
 * at the end; ends with NULL, free with g_strfreev. text: what the file holds, NULL when it is not
 * there. */
char **rai_zone_list (const char *text);
/* Where the file is; owned by the caller. */
char *rai_zone_list_path (void);
