-- The practice till: what Stripe would remember. Kept here so that it survives a crash and so that
-- all nodes share one till.

create schema practice;

create table practice.secret (
  name  text primary key,
  value text not null
);

create table practice.session (
  id             text        primary key,
  status         text        not null check (status in ('open', 'complete', 'expired')),
  payment_status text        not null check (payment_status in ('paid', 'unpaid')),
  created        timestamptz not null,
  expires_at     timestamptz not null,
  amount         bigint      not null check (amount >= 0),
  currency       text        not null,
  wish           jsonb       not null,
  url            text        not null,
  payment_intent text        unique,
  intent_status  text        check (intent_status in
                   ('succeeded', 'processing', 'requires_payment_method')),
  settles_at     timestamptz,
  settles_well   boolean     not null default true,
  declined       integer     not null default 0,
  check (payment_status = 'unpaid' or status = 'complete'),
  check ((status = 'complete') = (payment_intent is not null))
);
create index session_by_age on practice.session (created desc, id desc);
create index session_open on practice.session (expires_at) where status = 'open';
create index session_settling on practice.session (settles_at) where settles_at is not null;

create table practice.event (
  number     bigint      generated always as identity primary key,
  id         text        not null unique,
  type       text        not null,
  session_id text        not null references practice.session (id),
  body       text        not null,
  created    timestamptz not null
);
create index event_by_session on practice.event (session_id);

create table practice.delivery (
  event_id text        primary key references practice.event (id),
  attempts integer     not null default 0,
  copies   integer     not null default 1,
  next_at  timestamptz not null,
  status   text        not null check (status in ('due', 'done', 'dropped', 'given_up'))
);
create index delivery_due on practice.delivery (next_at) where status = 'due';

create table practice.idempotency (
  key     text        primary key,
  asked   text        not null,
  status  integer     not null,
  body    text        not null,
  created timestamptz not null
);
create index idempotency_by_age on practice.idempotency (created);
