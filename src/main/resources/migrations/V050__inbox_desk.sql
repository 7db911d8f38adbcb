-- What a person needs to see of money that came in.

alter table payments.inbox
  -- As they came, one a line, cut off at a few thousand characters; empty unless it was pushed.
  add column headers    text not null default '',
  add column settled_at timestamptz;

create index inbox_settled on payments.inbox (settled_at) where settled_at is not null;

-- Each comparison of the provider's payments with our orders.
create table payments.comparison (
  at                    timestamptz primary key,
  paid_without_order    integer     not null,
  order_without_payment integer     not null,
  amount_mismatch       integer     not null,
  -- What differs, a bounded number of it: kind, then session or order.
  found                 text[]      not null
);

-- What an event did. Causes that are no events of the provider are sentences.
create index audit_by_event on orders.audit (cause) where cause like 'evt%';
