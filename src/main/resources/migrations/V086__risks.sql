-- What a judge of meaning sees a risk in, as of the newest rating, and what operators approved of it.
-- A risk that nobody approved keeps a product off the shelf.

create table scoring.risk (
  product_id uuid        primary key,
  risks      text[]      not null check (cardinality(risks) between 1 and 10),
  model      text        not null,
  at         timestamptz not null
);

create table scoring.approved_risk (
  product_id uuid        not null,
  risk       text        not null,
  by_name    text        not null,
  at         timestamptz not null,
  primary key (product_id, risk)
);
