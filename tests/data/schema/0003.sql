-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 3 added to a database of schema 2: 0003-dispersion.sql as it was, and what a server had looked back on.

ALTER TABLE forecast ADD COLUMN dispersion /*sqlite BLOB */ /*postgresql BYTEA */;

INSERT INTO migration (number, name, checksum, applied_at) VALUES (3, '0003-dispersion.sql', '675370fce28645464bf73146d52e8631b5608644dee7adfec139cc205f0c40c9', 1764000002000);
INSERT INTO forecast_past (level, site_id, node_id, day, mean, low, high, rev) VALUES ('item', 1, 1, 20416, 2, 0, 5, 7);
