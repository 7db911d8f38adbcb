-- Units that a product elsewhere had sold by the time of a poll; sales per day are its differences.
-- Kept for 14 days.
create table trends.units_sold (
  source      text        not null,
  region      text        not null,
  external_id text        not null,
  at          timestamptz not null,
  units       bigint      not null check (units >= 0),
  primary key (source, region, external_id, at)
);
create index units_sold_by_time on trends.units_sold (at);
