-- What can be searched, as words that need no dictionary, and what resembles what; written by one
-- node whenever the catalogue has changed.

create extension if not exists pg_trgm with schema public;

create table catalog.revision (
  one    boolean primary key default true check (one),
  number bigint  not null
);
insert into catalog.revision (number) values (1);

create schema search;

create table search.entry (
  product_id  uuid     primary key,
  slug        text     not null,
  category    text     not null,
  price_minor bigint   not null,
  variants    uuid[]   not null,
  words       tsvector not null
);
create index entry_by_word on search.entry using gin (words);
create index entry_by_category on search.entry (category, slug);

-- Every word that some product has, for those who spell it differently.
create table search.word (
  word text    primary key,
  uses integer not null check (uses > 0)
);
create index word_by_beginning on search.word (word text_pattern_ops);
create index word_by_letters on search.word using gin (word gin_trgm_ops);

create table search.neighbour (
  product_id uuid    not null,
  place      integer not null check (place > 0),
  other_id   uuid    not null check (other_id <> product_id),
  primary key (product_id, place)
);

-- Which catalogue all of this is about; 0 is none yet.
create table search.state (
  one      boolean primary key default true check (one),
  revision bigint  not null
);
insert into search.state (revision) values (0);
