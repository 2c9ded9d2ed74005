-- SPDX-License-Identifier: GPL-3.0-or-later
-- What schema 9 added to a database of schema 8: 0009-persons.sql as it was.

-- A person as met at a store: whoever works at a store is told the names of those who work there, did, or have all
-- stores, and of nobody else. Rows stay when somebody leaves: who counted there stays named there.

CREATE TABLE person_next (
  site_id BIGINT NOT NULL,                 -- 0: has, or had, all stores, and is named to everybody
  id BIGINT NOT NULL,                      -- of the account
  name TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, id)
);

-- Who has all stores, who works at one, and who did something at one before. A replica holds no accounts, and keeps
-- the names of those who did something until it fetches the others.
INSERT INTO person_next (site_id, id, name, rev)
  SELECT 0, p.id, p.name, p.rev FROM person p JOIN account a ON a.id = p.id WHERE a.all_sites = 1;
INSERT INTO person_next (site_id, id, name, rev)
  SELECT met.site_id, p.id, p.name, p.rev FROM person p JOIN (
    SELECT account_id, site_id FROM account_site
    UNION SELECT account_id, site_id FROM movement
    UNION SELECT account_id, site_id FROM forecast_override
    UNION SELECT approved_by, site_id FROM purchase_order
    UNION SELECT edited_by, site_id FROM order_line
    UNION SELECT owner_id, site_id FROM alert) AS met ON met.account_id = p.id
  WHERE met.site_id <> 0 AND NOT EXISTS (SELECT 1 FROM person_next n WHERE n.site_id = 0 AND n.id = p.id);

DROP TABLE person;
ALTER TABLE person_next RENAME TO person;
CREATE INDEX person_rev ON person (site_id, rev);

INSERT INTO migration (number, name, checksum, applied_at) VALUES (9, '0009-persons.sql', 'ebf0f7e23ad9385f1b5b723e7819eb913abb92b43b24058b11f4e35a375802d9', 0);
