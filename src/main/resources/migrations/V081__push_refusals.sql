-- Deliveries that were refused, for the operator to see: the last of those whose sender is known, and
-- of everybody else only how often which mistake came. The shop keeps a bounded number of each.
create table trends.push_refusal (
  signed   boolean     not null,
  delivery text        not null check (length(delivery) <= 80),
  status   integer     not null,
  why      text        not null check (length(why) <= 300),
  times    bigint      not null check (times > 0),
  at       timestamptz not null,
  primary key (signed, delivery, status, why)
);
