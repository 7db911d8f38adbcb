-- What tells a healthy source from one that only answers: its shape, the names it used, its history.

-- shape is the paths and types of the rows; shape_since and shape_change tell when and how it became
-- another. aliases counts the former names under which fields were found, since the beginning.
alter table trends.source_state
  add column shape        text        not null default '',
  add column shape_since  timestamptz,
  add column shape_change text        not null default '',
  add column aliases      jsonb       not null default '{}',
  add column suspect      text        not null default '',
  add column suspect_at   timestamptz;

-- Good batches and whom they named, to see when a set changes faster than sets do. Kept 14 days.
create table trends.batch (
  id          bigint      generated always as identity primary key,
  source      text        not null,
  region      text        not null,
  window_days integer     not null check (window_days > 0),
  at          timestamptz not null,
  members     text[]      not null
);
create index batch_by_question on trends.batch (source, region, window_days, at);

alter table trends.payload
  add column window_days integer not null default 7 check (window_days > 0);

-- What only some sources know: absolute daily counts, prices, how a video was received.
alter table trends.observation
  add column detail jsonb not null default '{}';
