-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 5 added to a database of schema 4: 0005-aside.sql as it was, and a receipt that was set aside.

CREATE TABLE sale_aside (
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  reason TEXT NOT NULL,
  sold_at BIGINT NOT NULL,
  body TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (site_id, number)
);

ALTER TABLE receipt ADD COLUMN voided_at BIGINT;

INSERT INTO migration (number, name, checksum, applied_at) VALUES (5, '0005-aside.sql', '36c2671125c2d7ada1ef6de05e507d2c09d16ab78e78adecdc3fccd3c917c653', 1764633600000);
INSERT INTO sale_aside (site_id, number, reason, sold_at, body, received_at, account_id) VALUES (1, 'R-9', 'future', 4070908800000, '{"site":1,"number":"R-9","lines":[]}', 1764633600000, 1);
