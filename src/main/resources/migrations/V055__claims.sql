-- What the pages claimed, with its evidence: written before it is shown, never changed, one hash a day.

create schema claims;

-- A line is the text whose hash is a leaf of its day's tree; the columns only help to find it.
create table claims.entry (
  id         bigint generated always as identity primary key,
  day        date not null,
  product_id uuid,
  line       text not null
);
create index entry_by_day on claims.entry (day, id);
create index entry_by_product on claims.entry (product_id, id) where product_id is not null;

-- A day that is over: the root of its tree, chained to the day before.
create table claims.day (
  day       date        primary key,
  entries   bigint      not null check (entries > 0),
  root      bytea       not null check (length(root) = 32),
  previous  bytea       not null check (length(previous) = 32),
  head      bytea       not null check (length(head) = 32),
  sealed_at timestamptz not null,
  unique (previous)
);

-- The end of each countdown as it was first shown.
create table claims.ending (
  event   text        primary key,
  ends_at timestamptz not null
);

create function claims.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record of claims only grows'
    using errcode = 'integrity_constraint_violation';
end
$$;

-- Writers share a lock that sealing takes alone, so nothing slips into a day while it is hashed.
create function claims.refuse_late_entry() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('claims.seal'));
  if exists (select from claims.day where day = new.day) then
    raise exception 'the claims of % are sealed', new.day
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create trigger entry_only_grows before update or delete or truncate on claims.entry
  for each statement execute function claims.refuse_change();
create trigger day_only_grows before update or delete or truncate on claims.day
  for each statement execute function claims.refuse_change();
create trigger ending_only_grows before update or delete or truncate on claims.ending
  for each statement execute function claims.refuse_change();
create trigger entry_is_in_time before insert on claims.entry
  for each row execute function claims.refuse_late_entry();
