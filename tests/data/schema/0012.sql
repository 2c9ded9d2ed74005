-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 12 added to a database of schema 11: 0012-shortage.sql as it was.

-- item_day.out_of_stock is from here on what the ledger shows (db/rai-shortage.h), or what was said from outside where
-- that is more. flagged keeps what was said: the ledger is looked at again whenever it changes.

ALTER TABLE item_day ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0;
UPDATE item_day SET flagged = out_of_stock WHERE out_of_stock > 0;

-- Newest day that something came back on, for the writer of those shares only; 0: none.
ALTER TABLE stock ADD COLUMN last_return INTEGER NOT NULL DEFAULT 0;
UPDATE stock SET last_return = r.day FROM (SELECT site_id, item_id, max(day) AS day FROM item_day WHERE quantity < 0
  GROUP BY site_id, item_id) AS r WHERE r.site_id = stock.site_id AND r.item_id = stock.item_id;

-- What was recorded before is looked at once, by the planner: value is how far it has got, site/item/day.
INSERT INTO meta (key, value)
  SELECT 'shortages_wanted', '0/0/0' WHERE EXISTS (SELECT 1 FROM movement);

INSERT INTO migration (number, name, checksum, applied_at) VALUES (12, '0012-shortage.sql', 'ed37a27ddbce4b5578a39c908699e72ebf1d717f12c4fc6d7d9a11c53c7571ae', 0);
