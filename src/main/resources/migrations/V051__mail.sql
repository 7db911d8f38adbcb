-- Letters to buyers: written down together with what they tell of, sent afterwards.

create schema mail;

-- How a buyer can be reached about an order; for nothing else, and erased after a while.
create table mail.address (
  order_id uuid        primary key,
  address  text        not null,
  known_at timestamptz not null
);
create index address_by_age on mail.address (known_at);

-- One row for each letter that an order calls for; the key makes it one.
create table mail.letter (
  order_id   uuid        not null,
  kind       text        not null,
  -- Tells letters of one kind apart, such as the provider's name of a refund.
  part       text        not null default '',
  content    text        not null,
  written_at timestamptz not null,
  state      text        not null check (state in ('DUE', 'SENT', 'NO_ADDRESS', 'DEAD')),
  attempts   integer     not null default 0,
  attempt_at timestamptz not null,
  sent_at    timestamptz,
  last_error text        not null default '',
  primary key (order_id, kind, part)
);
create index letter_due on mail.letter (attempt_at) where state = 'DUE';
create index letter_dead on mail.letter (written_at) where state = 'DEAD';
create index letter_by_age on mail.letter (written_at);

-- Where the practice till was told that a receipt can go, as a shopper tells Stripe.
alter table practice.session add column email text;
