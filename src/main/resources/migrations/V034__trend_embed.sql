-- What oEmbed said of a video, asked once. No author, no media: those addresses die within hours.
create table trends.embed (
  video_id text        primary key check (video_id ~ '^[0-9]{1,32}$'),
  result   text        not null,
  title    text        not null,
  width    integer     not null,
  height   integer     not null,
  at       timestamptz not null
);
