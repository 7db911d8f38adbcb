-- What a language model says that a hashtag means: suggestions to operators, the newest counts.

create schema glossary;

create table glossary.tag (
  id      bigint      generated always as identity primary key,
  content text        not null,
  tag     text        not null,
  call    uuid        not null,
  model   text        not null,
  means   text        not null,
  sells   boolean     not null,
  departments text[]  not null,
  ends    date,
  sure    int         not null check (sure between 0 and 3),
  at      timestamptz not null
);
create index tag_newest on glossary.tag (content, at desc, id desc);
create index tag_by_time on glossary.tag (at);
