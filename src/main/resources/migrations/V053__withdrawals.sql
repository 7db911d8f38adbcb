-- What buyers have declared about their orders, and when.

create schema withdrawals;

create table withdrawals.statement (
  order_id uuid        not null,
  kind     text        not null check (kind in ('CANCEL', 'WITHDRAW')),
  -- As the buyer gave it; empty where none was asked for.
  name     text        not null,
  at       timestamptz not null,
  -- The refund that follows from it; null until it is asked for.
  refund   integer,
  primary key (order_id, kind)
);
create index statement_open on withdrawals.statement (at)
  where kind = 'WITHDRAW' and refund is null;
