-- Access tokens that TikTok Shop gave in exchange for the refresh token of the settings, which it
-- may replace each time. Sealed with the app's secret, so that a copy of the database is no key.

create table trends.token (
  source     text        not null,
  -- SHA-256 of the refresh token in the settings: a new one there begins anew.
  given      text        not null,
  sealed     bytea       not null,
  until      timestamptz not null,
  renewed_at timestamptz not null,
  primary key (source, given)
);
