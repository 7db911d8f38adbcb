-- Who may operate the shop, how they prove it, and what they did.

create schema operators;

create table operators.operator (
  id            uuid        primary key,
  name          text        not null,
  role          text        not null check (role in ('OWNER')),
  password_hash text        not null,
  changed_at    timestamptz not null
);
create unique index operator_by_name on operators.operator (lower(name));
-- One owner, whatever two requests at once may try.
create unique index operator_owner on operators.operator (role) where role = 'OWNER';

-- A way in that works once. Only the hash of its token is here.
create table operators.link (
  hash       bytea       primary key,
  purpose    text        not null check (purpose in ('SETUP', 'RESET')),
  expires_at timestamptz not null
);

create table operators.session (
  hash        bytea       primary key,
  operator_id uuid        not null references operators.operator on delete cascade,
  began_at    timestamptz not null,
  seen_at     timestamptz not null
);
create index session_by_operator on operators.session (operator_id);

-- How often a name or an address has tried in vain, and until when it must wait.
create table operators.attempt (
  key        text        primary key,
  failures   integer     not null,
  wait_until timestamptz not null,
  last_at    timestamptz not null
);
create index attempt_by_age on operators.attempt (last_at);

create table operators.act (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  by_name text        not null,
  address text        not null,
  what    text        not null,
  object  text        not null,
  detail  text        not null
);

create function operators.keep_act() returns trigger language plpgsql as $$
begin
  raise exception 'operators.act is append-only';
end $$;

create trigger act_is_kept before update or delete or truncate on operators.act
  for each statement execute function operators.keep_act();
