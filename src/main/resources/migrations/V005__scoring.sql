-- What each product was rated, when, by whom and why. Append-only.

create schema scoring;

create table scoring.score (
  id              bigint           generated always as identity primary key,
  product_id      uuid             not null,
  virality        integer          not null check (virality between 0 and 100),
  urgency         integer          not null check (urgency between 0 and 100),
  expected_orders double precision not null,
  sell_out_chance double precision not null check (sell_out_chance between 0 and 1),
  value           double precision not null check (value > 0),
  parts           jsonb            not null,
  reason          text             not null,
  trend           text             not null,
  scorer          text             not null,
  at              timestamptz      not null
);
create index score_newest on scoring.score (product_id, at desc, id desc);
create index score_by_time on scoring.score (at);
