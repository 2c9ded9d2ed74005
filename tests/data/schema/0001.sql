-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database of schema 1 with a few rows: 0001-house.sql as it was, and what a server and a till had written.

-- The house. Money is minor units, quantities are thousandths, days count from 1970-01-01, times are ms UTC.
-- rev is the revision of the transaction that last wrote the row: the change feed is "rows with rev > N".

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE feed (id INTEGER PRIMARY KEY CHECK (id = 1), revision BIGINT NOT NULL);
INSERT INTO feed (id, revision) VALUES (1, 0);

-- Rows that are gone, for pulls: key holds the row's key columns joined by '/'. site_id 0: not bound to a site.
CREATE TABLE tombstone (
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  site_id BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (table_name, row_key)
);
CREATE INDEX tombstone_rev ON tombstone (rev);

-- Who and where ---------------------------------------------------------------------------------------------------

CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL DEFAULT 'EUR',
  zone TEXT NOT NULL DEFAULT 'UTC',
  open_weekdays INTEGER NOT NULL DEFAULT 127,  -- bit 0 = Monday
  last_day INTEGER,                            -- newest day with sales: the windows of `stock` end here
  planned_day INTEGER,                         -- first day of the newest forecast
  active INTEGER NOT NULL DEFAULT 1,
  rev BIGINT NOT NULL
);

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  all_sites INTEGER NOT NULL DEFAULT 0,
  password_hash TEXT NOT NULL DEFAULT '',
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  rev BIGINT NOT NULL
);

CREATE TABLE account_site (
  account_id BIGINT NOT NULL,
  site_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, site_id)
);

-- The names of the people behind account ids, for everybody: who counted, who approved. Written with the account.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  rev BIGINT NOT NULL
);

-- Refresh tokens: only their SHA-256 is kept; a family is one sign-in.
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  family TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  device TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX session_family ON session (family);
CREATE INDEX session_account ON session (account_id);

-- What is sold ----------------------------------------------------------------------------------------------------

CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  rev BIGINT NOT NULL
);

CREATE TABLE supplier (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  lead_days INTEGER NOT NULL DEFAULT 2,
  lead_spread DOUBLE PRECISION NOT NULL DEFAULT 0,   -- standard deviation of the lead time, days
  order_weekdays INTEGER NOT NULL DEFAULT 127,       -- days on which orders are taken, bit 0 = Monday
  minimum_order BIGINT NOT NULL DEFAULT 0,           -- money
  rev BIGINT NOT NULL
);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  department_id BIGINT NOT NULL,
  category TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT 'piece',
  supplier_id BIGINT,
  pack BIGINT NOT NULL DEFAULT 1000,       -- quantity in one order pack
  price BIGINT NOT NULL DEFAULT 0,         -- usual selling price of one unit
  cost BIGINT NOT NULL DEFAULT 0,          -- purchase price of one unit
  shelf_life INTEGER,                      -- days; null: keeps
  first_day INTEGER,                       -- first day on sale
  active INTEGER NOT NULL DEFAULT 1,
  rev BIGINT NOT NULL
);
CREATE INDEX item_department ON item (department_id);
CREATE INDEX item_barcode ON item (barcode);
CREATE INDEX item_rev ON item (rev);

-- Prices and promotions hold for one site; item_id 0 in promotion: the whole site.
CREATE TABLE price (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  price BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, item_id, first_day)
);
CREATE INDEX price_rev ON price (site_id, rev);

CREATE TABLE promotion (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  price BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, item_id, first_day)
);

-- What is known of a site's day besides its sales, past and to come.
CREATE TABLE calendar_day (
  site_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0,
  holiday TEXT NOT NULL DEFAULT '',
  school_holiday INTEGER NOT NULL DEFAULT 0,
  event TEXT NOT NULL DEFAULT '',
  promotion INTEGER NOT NULL DEFAULT 0,
  temperature DOUBLE PRECISION,            -- degrees Celsius, mean of the day
  rain DOUBLE PRECISION,                   -- mm
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, day)
);

-- Sales: receipt lines, or totals of a period where no receipts are known ------------------------------------------

CREATE TABLE receipt (
  id /*sqlite INTEGER */ /*postgresql BIGINT */ PRIMARY KEY,
  site_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  day INTEGER NOT NULL,
  sold_at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  n_lines INTEGER NOT NULL,
  UNIQUE (site_id, number)
);

CREATE TABLE receipt_line (
  receipt_id BIGINT NOT NULL,
  line INTEGER NOT NULL,
  item_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,                -- negative: returned
  amount BIGINT NOT NULL,                  -- what was paid for the line
  PRIMARY KEY (receipt_id, line)
) /*sqlite WITHOUT ROWID */;

CREATE TABLE sales_total (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  period TEXT NOT NULL,                    -- hour, day, week
  starts_at BIGINT NOT NULL,               -- civil hours since 1970-01-01 00:00
  quantity BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  stockout INTEGER NOT NULL DEFAULT 0,     -- 1: it was out of stock for some of the time
  PRIMARY KEY (site_id, item_id, starts_at, period)
) /*sqlite WITHOUT ROWID */;

-- Roll-ups, written in the transaction of the sales they sum ---------------------------------------------------------

CREATE TABLE site_day (
  site_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  quantity BIGINT NOT NULL,
  revenue BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  receipts BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, day)
);
CREATE INDEX site_day_rev ON site_day (rev);

CREATE TABLE department_day (
  site_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  quantity BIGINT NOT NULL,
  revenue BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, department_id, day)
);
CREATE INDEX department_day_rev ON department_day (rev);

-- The sale side of the stock ledger: every line's quantity is in exactly one row here. A day has a row when something
-- was sold, or when it is known to have been out of stock (out_of_stock: share of the open hours in thousandths).
CREATE TABLE item_day (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  quantity BIGINT NOT NULL,
  revenue BIGINT NOT NULL,
  out_of_stock INTEGER NOT NULL DEFAULT 0,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, item_id, day)
) /*sqlite WITHOUT ROWID */;
CREATE INDEX item_day_rev ON item_day (site_id, rev);

CREATE TABLE site_month (
  site_id BIGINT NOT NULL,
  month INTEGER NOT NULL,                  -- year * 12 + month - 1
  quantity BIGINT NOT NULL,
  revenue BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  receipts BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, month)
);

-- Stock ---------------------------------------------------------------------------------------------------------------

-- Everything but sales that moves stock. On hand = sum of movements - sum of item_day.quantity; `stock` keeps that sum.
CREATE TABLE movement (
  id TEXT PRIMARY KEY,                     -- UUIDv7
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,                      -- opening, count, receive, waste
  quantity BIGINT NOT NULL,
  counted BIGINT,                          -- kind count: what was found
  note TEXT NOT NULL DEFAULT '',
  order_id TEXT,
  account_id BIGINT NOT NULL,
  rev BIGINT NOT NULL
);
CREATE INDEX movement_item ON movement (site_id, item_id, day);
CREATE INDEX movement_at ON movement (site_id, at);
CREATE INDEX movement_rev ON movement (site_id, rev);

-- One row for every item that a site carries, with the windows that lists and dashboards read.
CREATE TABLE stock (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  on_hand BIGINT NOT NULL,
  on_order BIGINT NOT NULL DEFAULT 0,
  quantity_7 BIGINT NOT NULL DEFAULT 0,    -- sold in the 7 days up to site.last_day
  quantity_28 BIGINT NOT NULL DEFAULT 0,
  quantity_91 BIGINT NOT NULL DEFAULT 0,
  revenue_28 BIGINT NOT NULL DEFAULT 0,
  revenue_365 BIGINT NOT NULL DEFAULT 0,
  last_sale INTEGER,
  tracked INTEGER NOT NULL DEFAULT 0,      -- 1: stock is kept (counted or received once); 0: only sales are known
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, item_id)
);
CREATE INDEX stock_revenue ON stock (site_id, revenue_365);
CREATE INDEX stock_rev ON stock (site_id, rev);

-- Orders: the planner writes rows of status proposed, people move them on ------------------------------------------------

CREATE TABLE purchase_order (
  id TEXT PRIMARY KEY,                     -- UUIDv7
  site_id BIGINT NOT NULL,
  supplier_id BIGINT NOT NULL,
  status TEXT NOT NULL,                    -- proposed, approved, received, cancelled
  order_day INTEGER NOT NULL,
  delivery_day INTEGER NOT NULL,
  total BIGINT NOT NULL,                   -- cost of the lines
  protects BIGINT NOT NULL DEFAULT 0,      -- margin expected to be lost without it, money
  stockouts INTEGER NOT NULL DEFAULT 0,    -- items it keeps from running out
  approved_by BIGINT,
  approved_at BIGINT,
  version INTEGER NOT NULL DEFAULT 1,      -- grows at each change by a person: the If-Match of order.edit and order.approve
  rev BIGINT NOT NULL
);
CREATE INDEX purchase_order_site ON purchase_order (site_id, status);

CREATE TABLE order_line (
  order_id TEXT NOT NULL,
  item_id BIGINT NOT NULL,
  site_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,                -- what will be ordered
  proposed BIGINT NOT NULL,                -- what the planner proposed
  received BIGINT NOT NULL DEFAULT 0,
  cost BIGINT NOT NULL,                    -- of one unit
  -- The parts; they add up: demand + safety - on_hand - on_order + rounding = proposed.
  part_demand BIGINT NOT NULL DEFAULT 0,   -- expected demand until the delivery after the next
  part_safety BIGINT NOT NULL DEFAULT 0,
  part_on_hand BIGINT NOT NULL DEFAULT 0,
  part_on_order BIGINT NOT NULL DEFAULT 0,
  part_rounding BIGINT NOT NULL DEFAULT 0, -- to packs, minimum order, shelf life
  cover_days INTEGER NOT NULL DEFAULT 0,
  stockout_day INTEGER,                    -- when it would run out without this order
  edited_by BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (order_id, item_id)
);
CREATE INDEX order_line_rev ON order_line (rev);

-- Derived by the planner, and by nobody else ---------------------------------------------------------------------------

-- level: item (site_id, node_id = item), department (site_id, node_id = department), site (node_id 0), company (0, 0).
-- means and quantiles: little-endian float32, day after day; quantiles 9 a day (0.025 .05 .1 .25 .5 .75 .9 .95 .975).
-- parts: per part one float32 a day, in the order of the names in `part_names` (joined by ','); they add up to the mean.
-- Units: item level in units of the item; department, site and company level in money minor units of revenue.
CREATE TABLE forecast (
  level TEXT NOT NULL,
  site_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  horizon INTEGER NOT NULL,
  model TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  means /*sqlite BLOB */ /*postgresql BYTEA */ NOT NULL,
  quantiles /*sqlite BLOB */ /*postgresql BYTEA */ NOT NULL,
  part_names TEXT NOT NULL DEFAULT '',
  parts /*sqlite BLOB */ /*postgresql BYTEA */,
  wape DOUBLE PRECISION,                   -- backtest of the model, at this level and the backtest's horizon
  wape_naive DOUBLE PRECISION,             -- seasonal naive on the same windows
  bias DOUBLE PRECISION,
  coverage_80 DOUBLE PRECISION,
  backtest_days INTEGER NOT NULL DEFAULT 0,
  rev BIGINT NOT NULL,
  PRIMARY KEY (level, site_id, node_id)
);
CREATE INDEX forecast_rev ON forecast (site_id, rev);

-- What was forecast for a day that has come: kept by the planner for the report card and the chart of the past.
CREATE TABLE forecast_past (
  level TEXT NOT NULL,
  site_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  mean DOUBLE PRECISION NOT NULL,
  low DOUBLE PRECISION NOT NULL,           -- 0.1 quantile
  high DOUBLE PRECISION NOT NULL,          -- 0.9 quantile
  naive DOUBLE PRECISION,
  rev BIGINT NOT NULL,
  PRIMARY KEY (level, site_id, node_id, day)
);
CREATE INDEX forecast_past_rev ON forecast_past (rev);

CREATE TABLE forecast_override (
  id TEXT PRIMARY KEY,
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  percent INTEGER NOT NULL,                -- 100 = as forecast
  reason TEXT NOT NULL DEFAULT '',
  account_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  rev BIGINT NOT NULL
);
CREATE INDEX forecast_override_item ON forecast_override (site_id, item_id);

-- The plan of every item a site carries: why it is ordered, or why not.
CREATE TABLE plan (
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  status TEXT NOT NULL,                    -- fine, runs_out, out, over, no_data
  reason TEXT NOT NULL,                    -- enough, ordered, no_demand, no_supplier, not_tracked, inactive, new
  daily DOUBLE PRECISION NOT NULL,         -- expected units a day over the next 28
  cover_days INTEGER,                      -- days until it runs out at the expected demand; null: never
  stockout_day INTEGER,
  next_delivery INTEGER,
  lead_days INTEGER NOT NULL,
  order_point BIGINT NOT NULL,
  order_up_to BIGINT NOT NULL,
  abc TEXT NOT NULL DEFAULT '',
  xyz TEXT NOT NULL DEFAULT '',
  rev BIGINT NOT NULL,
  PRIMARY KEY (site_id, item_id)
);
CREATE INDEX plan_status ON plan (site_id, status);
CREATE INDEX plan_rev ON plan (site_id, rev);

-- One open alert a cause (kind/site/item/...); sentences are made from kind and numbers where they are shown.
CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  cause TEXT NOT NULL,
  kind TEXT NOT NULL,                      -- stock_out, stock_out_predicted, overstock, sales_anomaly, negative_stock, job_failed
  site_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL DEFAULT 0,
  severity INTEGER NOT NULL,               -- 1 low, 2 medium, 3 high: by money at stake
  money BIGINT NOT NULL,                   -- at stake
  day INTEGER,                             -- when it happens or happened
  value DOUBLE PRECISION,                  -- kind's own numbers: on hand, sold
  expected DOUBLE PRECISION,               -- what was expected
  state TEXT NOT NULL,                     -- open, acknowledged, snoozed, resolved
  snoozed_until INTEGER,
  owner_id BIGINT,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  rev BIGINT NOT NULL
);
CREATE INDEX alert_site ON alert (site_id, state);
CREATE UNIQUE INDEX alert_one_open ON alert (cause) WHERE state <> 'resolved';

-- Accuracy by level over the last windows: the dashboard's accuracy tile and the report card.
CREATE TABLE accuracy (
  level TEXT NOT NULL,                     -- item, department, site, company
  site_id BIGINT NOT NULL,                 -- 0: all sites
  horizon INTEGER NOT NULL,
  wape DOUBLE PRECISION NOT NULL,
  wape_naive DOUBLE PRECISION NOT NULL,
  bias DOUBLE PRECISION NOT NULL,
  coverage_80 DOUBLE PRECISION,
  series INTEGER NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (level, site_id)
);

-- Rules and jobs ----------------------------------------------------------------------------------------------------------

-- scope: company (scope_id 0), site, department, item. keys: see core/rai-policy.c.
CREATE TABLE policy (
  scope TEXT NOT NULL,
  scope_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (scope, scope_id, key)
);

-- Every command that was ever received, with its answer: idempotency key, audit row and answer in one.
CREATE TABLE command_log (
  id TEXT PRIMARY KEY,                     -- UUIDv7 made by whoever acts
  name TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  site_id BIGINT NOT NULL,                 -- 0: not about one site
  arguments TEXT NOT NULL,                 -- JSON
  status TEXT NOT NULL,                    -- applied, rejected, conflict
  answer TEXT NOT NULL,                    -- JSON
  summary TEXT NOT NULL,                   -- what happened, in words
  acted_at BIGINT NOT NULL,                -- by the actor's clock
  received_at BIGINT NOT NULL,
  device TEXT NOT NULL DEFAULT '',
  rev BIGINT NOT NULL
);
CREATE INDEX command_log_rev ON command_log (rev);
CREATE INDEX command_log_received ON command_log (received_at);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,                      -- import, forecast, plan, generate
  state TEXT NOT NULL,                     -- running, done, failed
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  message TEXT NOT NULL DEFAULT '',
  rev BIGINT NOT NULL
);

CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO migration (number, name, checksum, applied_at) VALUES (1, '0001-house.sql', '1a44817c244ca545c5857ece66c5b68ced4bf3c559d8b2d19eff6addefc30b0c', 1764000000000);
UPDATE feed SET revision = 7;
INSERT INTO meta (key, value) VALUES ('server_id', '0190c0de-0000-7000-8000-000000000001');
INSERT INTO site (id, code, name, rev) VALUES (1, 'S01', 'Harbour Street', 3);
INSERT INTO department (id, name, rev) VALUES (1, 'Produce', 3);
INSERT INTO tombstone (table_name, row_key, site_id, rev) VALUES ('stock', '1/4', 1, 6);
