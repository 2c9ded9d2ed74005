/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* What this computer remembers of how the program looks: a key file beside the data. Main thread
 * only. */
typedef enum { RAI_THEME_DESKTOP, RAI_THEME_LIGHT, RAI_THEME_DARK } RaiTheme;

/* Reads the file (a missing or damaged one means defaults) and applies the theme. */
void rai_settings_load (const char *data_dir);
/* NULL: what the file says; else "light" or "dark" for this run only. */
void rai_settings_override_theme (const char *name);
RaiTheme rai_settings_get_theme (void);
void rai_settings_set_theme (RaiTheme theme);
