-- How far the chances that were foretold came true, as a curve for each head. Append-only.

create table scoring.calibration (
  at     timestamptz primary key,
  curves bytea       not null,
  note   text        not null
);
