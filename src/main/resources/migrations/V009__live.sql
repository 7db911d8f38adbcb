-- Who is looking, per node, so that nodes can add up. Worth nothing after a crash, hence unlogged.

create schema if not exists live;

create unlogged table live.audience (
  node       uuid        not null,
  product_id uuid        not null,
  people     int         not null check (people > 0),
  at         timestamptz not null,
  primary key (node, product_id)
);
