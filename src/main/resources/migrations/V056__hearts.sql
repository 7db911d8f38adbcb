-- Hearts and shares, one per device, and their sums; who looks is said over the bus and not stored.

create table live.heart (
  product_id uuid        not null,
  device     uuid        not null,
  at         timestamptz not null,
  primary key (product_id, device)
);

create table live.share (
  product_id uuid not null,
  device     uuid not null,
  day        date not null,
  primary key (product_id, device, day)
);

create table live.fondness (
  product_id uuid    primary key,
  hearts     integer not null check (hearts >= 0),
  shares     integer not null check (shares >= 0)
) with (fillfactor = 50);

drop table live.audience;
