-- Language models as judges of meaning: every call to the byte, every micro-dollar, every verdict.

create schema judging;

-- One attempt at the wire. Written before it is sent; what came back is added once.
create table judging.call (
  id               uuid        primary key,
  run              uuid        not null,
  started_at       timestamptz not null,
  provider         text        not null,
  model            text        not null,
  model_returned   text        not null default '',
  tier             text        not null,
  prompt           text        not null,
  items            int         not null check (items > 0),
  seed             bigint      not null,
  request_digest   text        not null,
  request          bytea       not null,
  response         bytea,
  status           int         not null default 0,
  request_id       text        not null default '',
  tokens_in        int         not null default 0,
  tokens_cached    int         not null default 0,
  tokens_out       int         not null default 0,
  tokens_reasoning int         not null default 0,
  took_ms          int         not null default 0,
  outcome          text        not null default 'OPEN',
  note             text        not null default ''
);
create index call_by_time on judging.call (started_at);
create index call_by_request on judging.call (request_digest, started_at);

-- What each call may cost, reserved before it is sent, and what it did cost once that is known.
-- A call of which nothing is heard keeps its reservation for good.
create table judging.ledger (
  call            uuid        primary key,
  run             uuid        not null,
  day             date        not null,
  at              timestamptz not null,
  reserved_micros bigint      not null check (reserved_micros >= 0),
  settled_micros  bigint      check (settled_micros >= 0),
  prices          text        not null
);
create index ledger_by_day on judging.ledger (day);

-- What each day, month and run has spent or promised: the rows that reservations queue at.
create table judging.purse (
  period text   primary key,
  micros bigint not null check (micros >= 0)
);

-- What was judged of which content; the newest counts.
create table judging.judgement (
  id      bigint      generated always as identity primary key,
  content text        not null,
  call    uuid        not null,
  model   text        not null,
  prompt  text        not null,
  verdict jsonb       not null,
  at      timestamptz not null
);
create index judgement_newest on judging.judgement (content, at desc, id desc);
create index judgement_by_time on judging.judgement (at);

-- Items with known answers that ride along with each call.
create table judging.canary (
  call uuid        not null,
  name text        not null,
  hit  boolean     not null,
  at   timestamptz not null,
  primary key (call, name)
);
create index canary_by_time on judging.canary (at);

-- For people: texts that tried to speak to the judge, and what no judge would judge.
create table judging.note (
  content text        not null,
  kind    text        not null,
  subject text        not null,
  said    text        not null,
  at      timestamptz not null,
  primary key (content, kind)
);

-- How much the judges count, and since when. Append-only; the newest row holds.
create table judging.standing (
  id     bigint           generated always as identity primary key,
  at     timestamptz      not null,
  mode   text             not null check (mode in ('SHADOW', 'LIVE')),
  rho    double precision not null,
  lean   jsonb            not null,
  model  text             not null,
  prompt text             not null,
  reason text             not null
);

-- Young products that were judged at the beginning of a week, and what then became of them.
create table judging.trial (
  week      date             not null,
  product   uuid             not null,
  judge     text             not null,
  verdict   jsonb            not null,
  expected  double precision not null check (expected > 0),
  shift     double precision not null,
  chance    double precision not null check (chance between 0 and 1),
  orders    int              check (orders >= 0),
  primary key (week, product)
);
