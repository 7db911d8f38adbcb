-- From tap to paid. What is known of an order's money only grows; its status follows from that.

create schema orders;

create table orders.order_ (
  id                 uuid        primary key,
  buyer              uuid        not null,
  idem_key           text        not null,
  edition            bigint      not null,
  amount_minor       bigint      not null check (amount_minor >= 0),
  currency           text        not null,
  placed_at          timestamptz not null,
  hold_until         timestamptz not null,
  session_id         text,
  session_url        text,
  session_expires_at timestamptz,
  -- When a payment page was first asked for: from then on one may exist that we do not know.
  asked_at           timestamptz,
  -- The next call to the payment provider on this order's behalf, and how many failed so far.
  attempt_at         timestamptz not null,
  attempts           integer     not null default 0,
  closing            boolean     not null default false,
  session_expired    boolean     not null default false,
  session_complete   boolean     not null default false,
  paid_at            timestamptz,
  async_failed       boolean     not null default false,
  released           boolean     not null default false,
  resold             boolean     not null default false,
  refund_requested   boolean     not null default false,
  refunded_minor     bigint      not null default 0 check (refunded_minor >= 0),
  mismatch           text        not null default '',
  status             text        not null,
  version            integer     not null,
  unique (buyer, idem_key),
  check ((session_id is null) = (session_url is null)),
  check ((session_id is null) = (session_expires_at is null)),
  check (not resold or (released and paid_at is not null))
);
create unique index order_by_session on orders.order_ (session_id) where session_id is not null;
create index order_by_buyer on orders.order_ (buyer, placed_at desc);
create index order_by_hold on orders.order_ (hold_until)
  where status in ('HELD', 'AWAITING_PAYMENT', 'RELEASING');
create index order_open on orders.order_ (id)
  where status in ('AWAITING_PAYMENT', 'PROCESSING', 'RELEASING') and session_id is not null;
create index order_paid_by_edition on orders.order_ (edition) where status = 'PAID';
create index order_paid_by_time on orders.order_ (paid_at) where paid_at is not null;

create table orders.line (
  order_id    uuid    not null references orders.order_ (id),
  place       integer not null,
  product_id  uuid    not null,
  variant_id  uuid    not null,
  title       text    not null,
  units       integer not null check (units > 0),
  price_minor bigint  not null check (price_minor >= 0),
  primary key (order_id, place)
);

create table orders.audit (
  order_id uuid        not null,
  version  integer     not null,
  at       timestamptz not null,
  "from"   text        not null,
  "to"     text        not null,
  cause    text        not null,
  primary key (order_id, version)
);

create function orders.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit only grows';
end
$$;

create trigger audit_only_grows before update or delete or truncate on orders.audit
  for each statement execute function orders.refuse_change();
