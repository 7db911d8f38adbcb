-- The ground: what happened (facts), and the secrets that all nodes share.

create table platform.fact (
  id      bigint generated always as identity primary key,
  xid     xid8        not null default pg_current_xact_id(),
  kind    text        not null,
  body    jsonb       not null,
  at      timestamptz not null
);
-- Read in the order of transactions that are surely over; see platform.facts.FactRelay.
create index fact_by_transaction on platform.fact (xid, id);

create table platform.secret (
  name  text primary key,
  value bytea not null
);
