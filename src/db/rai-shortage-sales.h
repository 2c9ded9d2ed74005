/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "db/rai-rollup.h"

/* What sales do to the shares of a day without stock (rai-shortage-ledger.h): which items have to
 * be looked at after they were written, which is few of them. Private to src/db. */

/* written: all that was written of that site at once. Shelves are looked at before the transaction
 * is committed, once, whatever else is sold in it. */
bool rai_shortage_after_sales (RaiDb *db, const RaiRollupSite *written, GError **error);
