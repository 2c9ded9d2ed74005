-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 4 added to a database of schema 3: 0004-live.sql as it was, and a morning's forecast.

ALTER TABLE forecast_past ADD COLUMN live INTEGER NOT NULL DEFAULT 0;

INSERT INTO migration (number, name, checksum, applied_at) VALUES (4, '0004-live.sql', '92b855361200730669dadcfe98b5687e6b8bc48c6ae86c9960729a68d670fd06', 1764547200000);
INSERT INTO forecast_past (level, site_id, node_id, day, mean, low, high, live, rev) VALUES ('item', 1, 1, 20417, 2, 0, 5, 1, 7);
