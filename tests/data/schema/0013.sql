-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 13 added to a database of schema 12: 0013-blanks.sql as it was.

-- Spaces around a receipt's number or its till's name are no part of them, as in files: those that came otherwise are
-- found under what is sent from here on. Where two differ in such spaces only, the first stays the one that is found.

UPDATE receipt SET number = trim(number), till = trim(till) WHERE (number <> trim(number) OR till <> trim(till))
  AND NOT EXISTS (SELECT 1 FROM receipt o WHERE o.site_id = receipt.site_id AND o.said_day = receipt.said_day
    AND o.number = trim(receipt.number) AND o.till = trim(receipt.till))
  AND NOT EXISTS (SELECT 1 FROM receipt o WHERE o.site_id = receipt.site_id AND o.said_day = receipt.said_day
    AND o.id < receipt.id AND (o.number <> trim(o.number) OR o.till <> trim(o.till))
    AND trim(o.number) = trim(receipt.number) AND trim(o.till) = trim(receipt.till));

INSERT INTO migration (number, name, checksum, applied_at) VALUES (13, '0013-blanks.sql', 'eac937d3583b4f325dc751d109306f0ce66625df2bba69a3b3f58036a3b3782d', 0);
