-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 10 added to a database of schema 9: 0010-receipts.sql as it was.

-- Receipts are known by store, till, business day and number: a till that begins its numbers anew each day has another
-- receipt 17 every day. Till and day are as their sender said them; rows from before were sent by senders who said neither
-- or were not asked, and learn both when they are sent again with them: see db/rai-receipt.h. So nothing is doubled.

/*sqlite CREATE TABLE receipt_next (
  id INTEGER PRIMARY KEY,
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  day INTEGER NOT NULL,
  sold_at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  n_lines INTEGER NOT NULL,
  voided_at BIGINT,
  till TEXT NOT NULL DEFAULT '',
  said_day INTEGER NOT NULL DEFAULT 0
);
INSERT INTO receipt_next (id, site_id, number, day, sold_at, total, n_lines, voided_at)
  SELECT id, site_id, number, day, sold_at, total, n_lines, voided_at FROM receipt ORDER BY id;
DROP TABLE receipt;
ALTER TABLE receipt_next RENAME TO receipt;
CREATE INDEX receipt_sold ON receipt (site_id, sold_at); */
/*postgresql ALTER TABLE receipt ADD COLUMN till TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN said_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt DROP CONSTRAINT receipt_site_id_number_key; */

-- till '': not said; said_day 0: not said.
CREATE UNIQUE INDEX receipt_key ON receipt (site_id, number, said_day, till);

-- Those that wait or waited are told apart in the same way.
ALTER TABLE sale_aside ADD COLUMN till TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_aside ADD COLUMN said_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_settled ADD COLUMN till TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_settled ADD COLUMN said_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_settled ADD COLUMN sold_at BIGINT;  -- as it was sent, ms UTC; null: from before

INSERT INTO migration (number, name, checksum, applied_at) VALUES (10, '0010-receipts.sql', '6e5ed25ee851e76c1d5d4236307bfd81795f711e024195533d04bdedaa6b6aee', 0);
