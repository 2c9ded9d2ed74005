/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecaster/rai-long.h"

/* The layout of the M5 competition: a row a series, `item_id`, `store_id`, further texts as
 * attributes (department, category, ...), and a column `d_1`, `d_2`, ... a day; d_1 is 2011-01-29.
 * Errors are those of rai-long.h. */
RaiPanel *rai_wide_read (GInputStream *stream, const RaiLongOptions *options, GError **error);
