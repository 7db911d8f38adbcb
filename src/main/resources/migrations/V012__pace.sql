-- How often the payment provider may be asked, over all nodes, and how far its events were read.

create table payments.allowance (
  call   text             primary key,
  tokens double precision not null,
  -- Until when tokens were counted; in the future while the provider wants to be left alone.
  at     timestamptz      not null
) with (fillfactor = 50);

insert into payments.allowance (call, tokens, at)
values ('open', 0, timestamptz 'epoch'),
       ('close', 0, timestamptz 'epoch'),
       ('refund', 0, timestamptz 'epoch');

create table payments.cursor (
  name text        primary key,
  at   timestamptz not null
);
