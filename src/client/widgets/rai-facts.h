/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A list of names and values in two columns, values in tabular figures at the end. */
#define RAI_TYPE_FACTS (rai_facts_get_type ())
G_DECLARE_FINAL_TYPE (RaiFacts, rai_facts, RAI, FACTS, AdwBin)

void rai_facts_clear (RaiFacts *facts);
/* A NULL or empty value leaves the fact out. */
void rai_facts_add (RaiFacts *facts, const char *name, const char *value);
/* The same with a third column: what there is after the value. */
void rai_facts_add_step (RaiFacts *facts, const char *name, const char *value, const char *after);
/* Dim words over the columns. */
void rai_facts_add_head (RaiFacts *facts, const char *value, const char *after);
/* In bold under a line: what the facts above add up to. */
void rai_facts_add_sum (RaiFacts *facts, const char *name, const char *value);
