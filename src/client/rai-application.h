/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The program: options, resources, the session and its window, sign-in by options, pictures. */
#define RAI_TYPE_APPLICATION (rai_application_get_type ())
G_DECLARE_FINAL_TYPE (RaiApplication, rai_application, RAI, APPLICATION, AdwApplication)

RaiApplication *rai_application_new (void);
/* What main returns: 0, or 1 when pictures or signing in by options failed. */
int rai_application_get_status (RaiApplication *application);
/* Registers the compiled-in resources; idempotent. For tests that make widgets without an
 * application. */
void rai_application_register_resources (void);
