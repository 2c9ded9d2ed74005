/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-words.h"

#include <adwaita.h>

/* A state in words on a tinted ground. */
#define RAI_TYPE_CHIP (rai_chip_get_type ())
G_DECLARE_FINAL_TYPE (RaiChip, rai_chip, RAI, CHIP, AdwBin)

GtkWidget *rai_chip_new (void);
/* NULL hides it. */
void rai_chip_set (RaiChip *chip, const char *text, RaiTone tone);
