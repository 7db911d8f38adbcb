-- Questions to a judge that travel together through a provider's batch interface, hours before a
-- refresh. Written down before they are sent, so that any node can go on where another one stopped.

create table judging.parcel (
  id         uuid        primary key,
  provider   text        not null,
  model      text        not null,
  refresh_at timestamptz not null,
  made_at    timestamptz not null,
  state      text        not null check (state in ('MADE', 'SENDING', 'SENT', 'DONE', 'FAILED')),
  tries      int         not null default 0,
  sending_at timestamptz,
  remote     text        not null default '',
  note       text        not null default '',
  -- For one refresh nothing is sent twice.
  unique (provider, model, refresh_at)
);
create index parcel_open on judging.parcel (made_at) where state in ('MADE', 'SENDING', 'SENT');

-- What each of its calls asks about, so that the question can be put together again to the byte.
create table judging.parcel_question (
  call     uuid  primary key,
  parcel   uuid  not null references judging.parcel on delete cascade,
  today    date  not null,
  subjects jsonb not null
);
create index parcel_question_by_parcel on judging.parcel_question (parcel);
