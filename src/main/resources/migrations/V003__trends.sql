-- What the world is watching: observations, how each source fares, and what it said word for word.

create schema trends;

-- Append-only. The key makes the replay of an answer a no-op.
create table trends.observation (
  id           bigint      generated always as identity primary key,
  source       text        not null,
  kind         text        not null,
  external_id  text        not null,
  key          text        not null,
  display_name text        not null,
  region       text        not null,
  window_days  integer     not null check (window_days > 0),
  observed_at  timestamptz not null,
  as_of        date        not null,
  rank         integer,
  posts        bigint      not null check (posts >= 0),
  views        bigint      not null check (views >= 0),
  curve        jsonb       not null,
  industries   text[]      not null,
  unique (source, kind, external_id, region, window_days, as_of)
);

-- One row per question that is asked again and again. good_rows is the last good batch; it is
-- replaced only by a batch that was validated.
create table trends.source_state (
  source       text        not null,
  region       text        not null,
  window_days  integer     not null check (window_days > 0),
  terms        text        not null,
  result       text        not null,
  code         text        not null,
  message      text        not null,
  asked_at     timestamptz not null,
  ask_again_at timestamptz not null,
  failures     integer     not null check (failures >= 0),
  empties      integer     not null check (empties >= 0),
  succeeded_at timestamptz,
  good_hash    text,
  good_schema  text,
  good_rows    bigint[]    not null default '{}',
  primary key (source, region, window_days)
);

-- Answers as they came, less what is personal, for replaying parser fixes. Kept for 14 days.
create table trends.payload (
  sha256 bytea       primary key,
  source text        not null,
  region text        not null,
  result text        not null,
  at     timestamptz not null,
  gzip   bytea       not null
);
create index payload_by_time on trends.payload (at);

-- Requests sent per UTC day, so that a restart does not renew the day's budget.
create table trends.request_day (
  source   text    not null,
  day      date    not null,
  requests integer not null check (requests > 0),
  primary key (source, day)
);
