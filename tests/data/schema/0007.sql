-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 7 added to a database of schema 6: 0007-ledger.sql as it was.

-- Receipts that are set aside are known by all that they say, not by their number alone: another body under a number
-- that waits is another receipt. Rows from before have no digest: their body is what is compared.

CREATE TABLE sale_aside_next (
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  digest TEXT NOT NULL,                    -- SHA-256 of body; '' from before
  lines TEXT NOT NULL,                     -- SHA-256 of the lines in it; '' from before
  reason TEXT NOT NULL,                    -- future, past, day
  sold_at BIGINT NOT NULL,                 -- as it was sent, ms UTC
  body TEXT NOT NULL,                      -- the arguments of sales.record, JSON
  received_at BIGINT NOT NULL,             -- ms UTC
  account_id BIGINT NOT NULL,
  PRIMARY KEY (site_id, number, digest)
);
INSERT INTO sale_aside_next (site_id, number, digest, lines, reason, sold_at, body, received_at, account_id)
  SELECT site_id, number, '', '', reason, sold_at, body, received_at, account_id FROM sale_aside;
DROP TABLE sale_aside;
ALTER TABLE sale_aside_next RENAME TO sale_aside;
CREATE INDEX sale_aside_lines ON sale_aside (site_id, number, lines);

-- What became of such receipts, so that a till that sends one again is not heard again.
CREATE TABLE sale_settled (
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  digest TEXT NOT NULL,
  lines TEXT NOT NULL,                     -- '' when nobody decided: it came again, at its right time
  received_at BIGINT NOT NULL,             -- of the receipt, ms UTC: it was sold before
  settled_at BIGINT NOT NULL,              -- ms UTC
  PRIMARY KEY (site_id, number, digest)
);
CREATE INDEX sale_settled_lines ON sale_settled (site_id, number, lines);

-- What happened after a count, and the count after what happened: both in whatever order they arrive.
CREATE INDEX receipt_sold ON receipt (site_id, sold_at);
CREATE INDEX movement_ledger ON movement (site_id, item_id, at);
CREATE INDEX movement_counted ON movement (site_id, at) WHERE counted IS NOT NULL;

-- Counts from then on (ms UTC) stand in the order of their times, and verify holds stock against them.
INSERT INTO meta (key, value)
  SELECT 'counts_by_time_since', CASE WHEN EXISTS (SELECT 1 FROM movement) THEN
    /*sqlite CAST(CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS TEXT) */
    /*postgresql CAST(CAST(extract(epoch FROM now()) * 1000 AS BIGINT) AS TEXT) */ ELSE '0' END;

INSERT INTO migration (number, name, checksum, applied_at) VALUES (7, '0007-ledger.sql', '0dd085c804d4944eb91f6532d2e889d8116b49b0d0a9a6a0113c11fdeead2e1f', 1764633600000);
