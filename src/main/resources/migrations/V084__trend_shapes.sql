-- Every fingerprint that a source's rows have had, so that a new one is told from one that comes back.
alter table trends.source_state
  add column shapes text[] not null default '{}';

update trends.source_state set shapes = array[good_schema] where good_schema is not null;
