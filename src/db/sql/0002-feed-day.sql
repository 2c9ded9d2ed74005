-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last revision of each day, so that tombstones can be told to be old: they only know their revision.

CREATE TABLE feed_day (day INTEGER PRIMARY KEY, revision BIGINT NOT NULL);
