-- Editions: what is sold, at what price, until when. Written once, never changed.

create schema if not exists shelf;

create table shelf.edition (
  number       bigint      primary key check (number > 0),
  opens_at     timestamptz not null,
  closes_at    timestamptz not null,
  published_at timestamptz not null,
  -- The transaction that published it; only that one may add slots and deals.
  xid          xid8        not null default pg_current_xact_id(),
  check (opens_at < closes_at),
  constraint editions_follow_each_other
    exclude using gist (tstzrange(opens_at, closes_at) with &&)
);

create table shelf.slot (
  edition    bigint      not null references shelf.edition,
  place      int         not null check (place > 0),
  product_id uuid        not null,
  virality   int         not null check (virality between 0 and 100),
  urgency    int         not null check (urgency between 0 and 100),
  reason     text        not null,
  evidence   text        not null,
  scorer     text        not null,
  scored_at  timestamptz not null,
  primary key (edition, place),
  unique (edition, product_id)
);

create table shelf.deal (
  edition         bigint  not null,
  variant_id      uuid    not null,
  product_id      uuid    not null,
  position        int     not null check (position > 0),
  title           text    not null,
  price_minor     bigint  not null check (price_minor >= 0),
  regular_minor   bigint  not null,
  reference_minor bigint  not null,
  currency        char(3) not null,
  units_stocked   int     not null check (units_stocked >= 0),
  per_order_max   int     not null check (per_order_max > 0),
  primary key (edition, variant_id),
  unique (edition, product_id, position),
  foreign key (edition, product_id) references shelf.slot (edition, product_id),
  -- Article 6a of 98/6/EC: a reduction is one from the lowest price of the last 30 days.
  constraint a_flash_price_is_a_true_reduction
    check (price_minor = regular_minor
           or (price_minor < regular_minor and price_minor < reference_minor))
);

-- Finds the flash prices that a variant had lately.
create index deal_flash on shelf.deal (variant_id, edition) where price_minor < regular_minor;

create function shelf.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what is published in % never changes', tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;

create function shelf.refuse_late_addition() returns trigger language plpgsql as $$
begin
  if not exists (select from shelf.edition
                  where number = new.edition and xid = pg_current_xact_id()) then
    raise exception 'edition % is published; nothing is added to it', new.edition
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create trigger edition_never_changes before update or delete or truncate on shelf.edition
  for each statement execute function shelf.refuse_change();
create trigger slot_never_changes before update or delete or truncate on shelf.slot
  for each statement execute function shelf.refuse_change();
create trigger deal_never_changes before update or delete or truncate on shelf.deal
  for each statement execute function shelf.refuse_change();
create trigger slot_is_published_with_its_edition before insert on shelf.slot
  for each row execute function shelf.refuse_late_addition();
create trigger deal_is_published_with_its_edition before insert on shelf.deal
  for each row execute function shelf.refuse_late_addition();
