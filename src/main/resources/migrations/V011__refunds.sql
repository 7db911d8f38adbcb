-- Money on its way back, and what banks and people make of a payment.

alter table orders.order_
  add column taken_minor        bigint not null default 0 check (taken_minor >= 0),
  add column intent             text   not null default '',
  add column refund_asked_minor bigint not null default 0 check (refund_asked_minor >= 0),
  add column refund_seen_minor  bigint not null default 0 check (refund_seen_minor >= 0),
  -- One word for each refund that the provider told of: its id, minor units, state.
  add column refunds            text[] not null default '{}',
  add column dispute            text   not null default 'NONE',
  add column accepted           text   not null default '';

update orders.order_
   set taken_minor = case when paid_at is null then 0 else amount_minor end,
       refund_asked_minor = case when refund_requested then amount_minor else 0 end;

alter table orders.order_ drop column refund_requested;

create index order_by_intent on orders.order_ (intent) where intent <> '';
create index order_owing on orders.order_ (id) where status = 'REFUND_PENDING';
create index order_for_people on orders.order_ (placed_at desc, id)
  where status in ('QUARANTINED', 'REFUND_FAILED');
create index order_by_time on orders.order_ (placed_at desc, id);

drop index orders.order_paid_by_edition;
create index order_paid_by_edition on orders.order_ (edition)
  where status in ('PAID', 'PARTIALLY_REFUNDED');

create schema refunds;

-- Each wish to send money back, written before the provider is asked. The pair is its idempotency
-- key, so a repeat is the same wish.
create table refunds.refund (
  order_id     uuid        not null,
  number       integer     not null check (number > 0),
  amount_minor bigint      not null check (amount_minor > 0),
  currency     text        not null,
  reason       text        not null,
  asked_by     text        not null,
  asked_at     timestamptz not null,
  state        text        not null check (state in ('ASKED', 'SENT', 'REFUSED')),
  provider_id  text        not null default '',
  attempts     integer     not null default 0,
  attempt_at   timestamptz not null,
  last_error   text        not null default '',
  -- The units of the order are on the shelf again; at most once for each order.
  restocked    boolean     not null default false,
  primary key (order_id, number)
);
create index refund_due on refunds.refund (attempt_at) where state = 'ASKED';
