-- SPDX-License-Identifier: GPL-3.0-or-later
-- planned_day is from here on the store's today that it was last planned for, and not only forecast. What came of it is
-- told, too: above all why nothing was proposed.

ALTER TABLE site ADD COLUMN plan_verdict TEXT;         -- orders, not_due, enough, ...: core/rai-plan.h
ALTER TABLE site ADD COLUMN plan_verdict_day INTEGER;  -- that the verdict speaks of
ALTER TABLE site ADD COLUMN days_missing INTEGER NOT NULL DEFAULT 0;  -- open days before planned_day of which no sales had come
