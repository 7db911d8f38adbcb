-- What each score rests on: a model's reading, statistics, or its category alone.

alter table scoring.score
  add column source text not null default 'STAT'
    check (source in ('FRESH_LLM', 'CACHED_LLM', 'STAT', 'LAST', 'PRIOR'));
