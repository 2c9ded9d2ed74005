-- SPDX-License-Identifier: GPL-3.0-or-later
-- item_day.out_of_stock is from here on what the ledger shows (db/rai-shortage.h), or what was said from outside where
-- that is more. flagged keeps what was said: the ledger is looked at again whenever it changes.

ALTER TABLE item_day ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0;
UPDATE item_day SET flagged = out_of_stock WHERE out_of_stock > 0;

-- What was recorded before is looked at once, by the planner: value is how far it has got, site/item/day.
INSERT INTO meta (key, value)
  SELECT 'shortages_wanted', '0/0/0' WHERE EXISTS (SELECT 1 FROM movement);
