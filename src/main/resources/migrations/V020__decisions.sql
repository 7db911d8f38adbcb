-- All that a shelf was decided by, so that it can be decided again, by anyone, to the last bit.

alter table scoring.score
  add column worth double precision not null default 1 check (worth > 0);

create table scoring.run (
  at            timestamptz primary key,
  scorer        text        not null,
  inputs        bytea       not null,
  scores_digest text        not null,
  kept          boolean     not null default false
);

create table shelf.decision (
  edition         bigint primary key references shelf.edition,
  inputs          bytea  not null,
  choices         bytea  not null,
  previous_digest text   not null,
  digest          text   not null unique
);

create trigger decision_never_changes before update or truncate on shelf.decision
  for each statement execute function shelf.refuse_change();
create trigger decision_is_published_with_its_edition before insert on shelf.decision
  for each row execute function shelf.refuse_late_addition();
