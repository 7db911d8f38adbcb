-- Deliveries that were pushed, so that the same key gets the same answer. Kept for seven days.
create table trends.push (
  key         text        primary key check (length(key) between 1 and 300),
  body_sha256 bytea       not null,
  status      integer     not null,
  answer      text        not null,
  at          timestamptz not null
);
create index push_by_time on trends.push (at);
