/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Time zones as tills name them. */

/* The IANA name of "Eastern Time (US & Canada)", "Berlin" or "Europe/Berlin"; NULL for what names
 * none. Static, or the text itself. Any thread. */
const char *rai_import_zone_name (const char *text);
