-- SPDX-License-Identifier: GPL-3.0-or-later
-- Receipts whose time cannot be meant, kept whole until somebody says when they were sold; and receipts that were taken
-- back, which stay with the lines that undo them.

CREATE TABLE sale_aside (
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  reason TEXT NOT NULL,                    -- future, past, day
  sold_at BIGINT NOT NULL,                 -- as it was sent, ms UTC
  body TEXT NOT NULL,                      -- the arguments of sales.record, JSON
  received_at BIGINT NOT NULL,             -- ms UTC
  account_id BIGINT NOT NULL,
  PRIMARY KEY (site_id, number)
);

ALTER TABLE receipt ADD COLUMN voided_at BIGINT;
