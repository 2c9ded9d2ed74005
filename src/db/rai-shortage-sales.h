/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "db/rai-tally.h"

/* What sales do to the shares of a day without stock (rai-shortage-ledger.h): which items have to
 * be looked at after they were written, which is few of them. Private to src/db. */

/* rows: all that was written of that site, by item and day. reached: the newest day with sales
 * before; RAI_DAY_NONE: there was none. */
bool rai_shortage_after_sales (RaiDb *db, int64_t site_id, const RaiTallyRow *rows, size_t n_rows,
                               RaiDay reached, GError **error);
