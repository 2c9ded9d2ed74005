-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 11 added to a database of schema 10: 0011-words.sql as it was.

-- What the words about stock follow from beside the stock itself: they are derived where they are asked
-- (db/rai-stock-words.h), so that a count or a delivery changes them at once, also offline. status, cover_days,
-- stockout_day and next_delivery stay as they were when it was planned.

ALTER TABLE plan ADD COLUMN needs TEXT;          -- what must be there to last through each day from site.planned_day on, thousandths, joined by ','; '': hardly any demand; null: nothing to go by
ALTER TABLE plan ADD COLUMN needs_week BIGINT NOT NULL DEFAULT 0;    -- what each week after them needs
ALTER TABLE plan ADD COLUMN short_days INTEGER NOT NULL DEFAULT 0;   -- it runs out when it does within so many days
ALTER TABLE plan ADD COLUMN short_below BIGINT NOT NULL DEFAULT 0;   -- never from so much on
ALTER TABLE plan ADD COLUMN over_from BIGINT NOT NULL DEFAULT 0;     -- so much is too much
ALTER TABLE plan ADD COLUMN supply_day INTEGER;  -- when would come what is ordered now

-- What is on the way of an item.
CREATE INDEX order_line_item ON order_line (site_id, item_id);

INSERT INTO migration (number, name, checksum, applied_at) VALUES (11, '0011-words.sql', '44a3f19e2cc613ce1e0cd30ee38db6a824960410bed48ee12631914a07352010', 0);
