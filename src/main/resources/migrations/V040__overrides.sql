-- What operators decided against the engine; it wins until somebody takes it back.

create table scoring.link_override (
  trend_key  text             not null check (length(trend_key) between 1 and 100),
  product_id uuid             not null,
  -- 0 forbids the link.
  strength   double precision not null check (strength between 0 and 1),
  by_name    text             not null,
  at         timestamptz      not null,
  primary key (trend_key, product_id)
);

create table scoring.synonym (
  trend_key text        not null check (length(trend_key) between 1 and 100),
  means     text        not null check (length(means) between 1 and 100),
  by_name   text        not null,
  at        timestamptz not null,
  primary key (trend_key, means)
);

create table scoring.barred (
  product_id uuid        primary key,
  reason     text        not null check (length(reason) between 1 and 200),
  by_name    text        not null,
  at         timestamptz not null
);
