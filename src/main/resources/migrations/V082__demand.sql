-- How long each product could be had on each day, and at which price what was foretold was offered.

-- The days on which a product was not in stock from beginning to end; a day without a row was whole.
create table inventory.short_day (
  product_id uuid             not null,
  day        date             not null,
  -- Of the whole day, the part in which at least one unit could be had.
  share      double precision not null check (share >= 0 and share < 1),
  primary key (product_id, day)
);
create index short_day_by_day on inventory.short_day (day);

-- One row: the first day that is not counted yet.
create table inventory.counted (
  one   boolean primary key default true check (one),
  until date    not null
);

-- The ledger is written in the order of time, so a few bytes for many pages find its last days.
create index ledger_by_time on inventory.ledger using brin (at) with (autosummarize = on);

-- Looks are read by day, as sales are.
create index daily_interest_by_day on catalog.daily_interest (day);

-- ln(reference / price) of the cheapest deal, and the orders foretold if that had been 0.
alter table outcomes.outcome
  add column price_nats double precision,
  add column plain_orders double precision check (plain_orders > 0),
  add check ((price_nats is null) = (plain_orders is null));

-- Until now no price moved what was foretold.
update outcomes.outcome
   set price_nats = ln(deal.reference_minor::double precision / deal.price_minor),
       plain_orders = expected_orders
  from (select distinct on (edition, product_id) edition, product_id, price_minor, reference_minor
          from shelf.deal
         order by edition, product_id, price_minor, position) as deal
 where deal.edition = outcome.edition
   and deal.product_id = outcome.product_id
   -- What was given away has no logarithm.
   and deal.price_minor > 0
   and deal.reference_minor > 0
   and expected_orders > 0;
