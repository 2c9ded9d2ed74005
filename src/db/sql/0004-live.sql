-- SPDX-License-Identifier: GPL-3.0-or-later
-- 1: what stood in the forecast on the morning of that day; 0: what looking back would have said.

ALTER TABLE forecast_past ADD COLUMN live INTEGER NOT NULL DEFAULT 0;
