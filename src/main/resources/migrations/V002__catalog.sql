-- What we may sell, at which prices it was ever offered, and how it sold.

create schema catalog;

create table catalog.product (
  id                uuid    primary key,
  slug              text    not null unique
                    check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  name              text    not null check (length(name) between 1 and 120),
  description       text    not null check (length(description) <= 1000),
  category          text    not null check (category ~ '^[a-z][a-z0-9-]{0,39}$'),
  accent            text    not null check (accent ~ '^#[0-9a-f]{6}$'),
  tags              text[]  not null check (array_position(tags, null) is null),
  poster_avif       text,
  poster_small_avif text,
  poster_fallback   text,
  placeholder       text    check (placeholder like 'data:image/%'),
  clips             text[]  not null check (array_position(clips, null) is null),
  demo              boolean not null
);

create table catalog.variant (
  id          uuid    primary key,
  product_id  uuid    not null references catalog.product (id),
  position    integer not null check (position >= 0),
  sku         text    not null unique check (length(sku) between 1 and 64),
  name        text    not null check (length(name) between 1 and 120),
  price_minor bigint  not null check (price_minor between 1 and 99999999),
  currency    char(3) not null check (currency ~ '^[A-Z]{3}$'),
  cost_minor  bigint  check (cost_minor between 0 and 99999999),
  unique (product_id, position)
);

-- A regular price holds until the next regular one begins; a flash price brings its own end.
create table catalog.price (
  id          bigint      generated always as identity primary key,
  variant_id  uuid        not null references catalog.variant (id),
  price_minor bigint      not null check (price_minor between 1 and 99999999),
  currency    char(3)     not null check (currency ~ '^[A-Z]{3}$'),
  valid_from  timestamptz not null,
  valid_until timestamptz check (valid_until > valid_from),
  unique nulls not distinct (variant_id, valid_from, valid_until, price_minor, currency)
);

create function catalog.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the price history only grows';
end
$$;

create trigger price_only_grows before update or delete or truncate on catalog.price
  for each statement execute function catalog.refuse_change();

-- Days without a sale have no row.
create table catalog.daily_sales (
  product_id uuid    not null references catalog.product (id),
  day        date    not null,
  orders     integer not null check (orders > 0),
  units      integer not null check (units >= orders),
  primary key (product_id, day)
);
create index daily_sales_by_day on catalog.daily_sales (day);
