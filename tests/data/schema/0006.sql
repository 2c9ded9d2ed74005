-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 6 added to a database of schema 5: 0006-today.sql as it was.

ALTER TABLE site ADD COLUMN plan_verdict TEXT;         -- orders, not_due, enough, ...: core/rai-plan.h
ALTER TABLE site ADD COLUMN plan_verdict_day INTEGER;  -- that the verdict speaks of
ALTER TABLE site ADD COLUMN days_missing INTEGER NOT NULL DEFAULT 0;  -- open days before planned_day of which no sales had come

INSERT INTO migration (number, name, checksum, applied_at) VALUES (6, '0006-today.sql', '98af066e1f4af5ea996539939f63aab5afb394c19d9f68572d2485b3e999a0de', 1764633600000);
