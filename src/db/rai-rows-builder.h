/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"

/* Fills a RaiRows; afterwards nobody changes it. Names are copied. */
RaiRows *rai_rows_new (int n_columns);
void rai_rows_set_column (RaiRows *rows, int column, const char *name, RaiValueType type);
/* Appends the statement's current row. */
void rai_rows_append (RaiRows *rows, RaiStatement *statement);
