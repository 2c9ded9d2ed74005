-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 2 added to a database of schema 1: 0002-feed-day.sql as it was, and a day that a server had written.

CREATE TABLE feed_day (day INTEGER PRIMARY KEY, revision BIGINT NOT NULL);

INSERT INTO migration (number, name, checksum, applied_at) VALUES (2, '0002-feed-day.sql', '490597658b3fc0922cbb3ba511fbeedafb018ed3117011c27158a7976cc04584', 1764000001000);
INSERT INTO feed_day (day, revision) VALUES (20416, 7);
INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, rev)
VALUES ('item', 1, 1, 20417, 1, 'ets', '', '', 7);
