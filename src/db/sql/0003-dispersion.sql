-- SPDX-License-Identifier: GPL-3.0-or-later
-- The variance of what the first k + 1 days of a forecast sell together over its mean: little-endian float32, day after
-- day. Of items, for orders cover more than a day; NULL elsewhere, and until the next forecast.

ALTER TABLE forecast ADD COLUMN dispersion /*sqlite BLOB */ /*postgresql BYTEA */;
