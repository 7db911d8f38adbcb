-- Payment pages that were opened before anybody wanted them, so that a rush need not wait for the
-- provider's pace. A page that was given to an order is never given again.

create table payments.spare (
  session_id  text        primary key,
  session_url text        not null,
  expires_at  timestamptz not null,
  edition     bigint      not null,
  variant_id  uuid        not null,
  price_minor bigint      not null,
  currency    text        not null,
  closes_at   timestamptz not null,
  order_id    uuid        unique,
  closing     boolean     not null default false,
  attempt_at  timestamptz not null default timestamptz 'epoch'
);
create index spare_free on payments.spare (edition, variant_id)
  where order_id is null and not closing;
create index spare_by_end on payments.spare (closes_at);
