-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 8 added to a database of schema 7: 0008-site-days.sql as it was.

-- When a store is open, as people say it.

ALTER TABLE site ADD COLUMN opens INTEGER;       -- minutes after midnight in the site's zone; NULL: nobody said
ALTER TABLE site ADD COLUMN closes INTEGER;      -- at most 1440: a business day ends at midnight
ALTER TABLE site ADD COLUMN open_since INTEGER;  -- day from which open_weekdays is what a person said; NULL: what sales say

-- A day on which the store opens although its weekday is a closing day; closed is the other exception.
ALTER TABLE calendar_day ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;

INSERT INTO migration (number, name, checksum, applied_at) VALUES (8, '0008-site-days.sql', '72214e99035dd80d1fcd62e38aa35b2f1c9c8fc9388d381c381c37fb8cba9882', 0);
