-- What was foretold when each shelf was decided, and what became of it.

create schema outcomes;

create table outcomes.edition (
  number     bigint      primary key,
  opens_at   timestamptz not null,
  closes_at  timestamptz not null,
  -- How far ahead was foretold; where the edition was open for another time, chances say nothing.
  horizon    interval    not null,
  comparable boolean     not null,
  -- Whether it is known which products broke out in the week that followed.
  week_known boolean     not null default false
);
create index edition_week on outcomes.edition (opens_at) where not week_known;

create table outcomes.outcome (
  edition         bigint           not null references outcomes.edition (number),
  product_id      uuid             not null,
  units           integer          not null check (units >= 0),
  expected_orders double precision not null,
  chance          double precision not null check (chance between 0 and 1),
  raw_chance      double precision not null check (raw_chance between 0 and 1),
  ratio           double precision not null check (ratio between 0 and 1),
  virality        integer          not null check (virality between 0 and 100),
  raw_virality    double precision not null check (raw_virality between 0 and 1),
  orders          integer          not null check (orders >= 0),
  sold            integer          not null check (sold >= orders),
  sold_out_at     timestamptz,
  broke_out       boolean,
  primary key (edition, product_id)
);
