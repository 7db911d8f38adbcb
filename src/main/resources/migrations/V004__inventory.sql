-- Units left, the holds on them, and the ledger that explains every number.

create schema inventory;

-- Narrow rows with room on the page and no index on what changes: an update stays on its page.
create table inventory.stock (
  variant_id uuid    primary key,
  on_hand    integer not null check (on_hand >= 0),
  held       integer not null check (held >= 0),
  sold       integer not null check (sold >= 0),
  check (held + sold <= on_hand)
) with (fillfactor = 50);

create table inventory.hold (
  id    uuid        primary key,
  state text        not null check (state in ('HELD', 'SOLD', 'RELEASED')),
  at    timestamptz not null
);

create table inventory.hold_line (
  hold_id    uuid    not null references inventory.hold (id),
  variant_id uuid    not null,
  units      integer not null check (units > 0),
  primary key (hold_id, variant_id)
);

-- The key lets each thing happen to a hold at most once. Stocking brings an id of its own, and its
-- units may be negative.
create table inventory.ledger (
  hold_id    uuid        not null,
  kind       text        not null
             check (kind in ('HOLD', 'RELEASE', 'SELL', 'REACQUIRE', 'RESTOCK')),
  variant_id uuid        not null,
  units      integer     not null check (units > 0 or kind = 'RESTOCK'),
  at         timestamptz not null,
  primary key (hold_id, kind, variant_id)
);

create function inventory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger only grows';
end
$$;

create trigger ledger_only_grows before update or delete or truncate on inventory.ledger
  for each statement execute function inventory.refuse_change();
