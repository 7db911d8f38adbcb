-- Money in: every event of the payment provider, stored before anything is done about it.

create schema payments;

create table payments.inbox (
  event_id    text        primary key,
  -- A thin event and the full event of the same change share this, and count once.
  dedupe_id   text        not null unique,
  type        text        not null,
  api_version text        not null,
  livemode    boolean     not null,
  object_id   text        not null,
  created     timestamptz not null,
  received_at timestamptz not null,
  source      text        not null check (source in ('push', 'poll', 'redirect', 'replay')),
  raw         bytea       not null,
  status      text        not null check (status in ('new', 'done', 'ignored', 'dead')),
  attempts    integer     not null default 0 check (attempts >= 0),
  next_at     timestamptz not null,
  last_error  text        not null default ''
);
create index inbox_due on payments.inbox (next_at) where status = 'new';
create index inbox_dead on payments.inbox (received_at) where status = 'dead';
create index inbox_by_age on payments.inbox (received_at);
