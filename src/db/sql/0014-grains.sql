-- SPDX-License-Identifier: GPL-3.0-or-later
-- A total that was told before its last day was over holds what was sold until then, and nothing of what its till tells
-- later: see db/rai-sales.h.

ALTER TABLE sales_total ADD COLUMN told_at BIGINT;  -- ms UTC; null: its last day was over, or it is from before
