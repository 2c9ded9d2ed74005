/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-errors.h"

#include <glib.h>

/* What an earlier run chose: the weights of its methods. The next run leans on them, so that
 * forecasts do not jump from day to day because a look back has just left the window. As text:
 * "ridge=0.2143 boost=0.7857". */

typedef struct _RaiMemory RaiMemory;

/* What is no name=weight, or no finite weight >= 0, is left out; never NULL. */
RaiMemory *rai_memory_parse (const char *text);
/* The weights of n methods as text, to keep for the next run. */
char *rai_memory_format (const RaiMethodError *methods, size_t n);
void rai_memory_free (RaiMemory *memory);
/* A method's weight, 0 when it had none. */
double rai_memory_weight (const RaiMemory *memory, const char *method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiMemory, rai_memory_free)
