-- What people do with each product before they pay: minutes of looking, times put into a cart, holds.
create table catalog.daily_interest (
  product_id uuid    not null references catalog.product (id),
  day        date    not null,
  minutes    integer not null default 0 check (minutes >= 0),
  adds       integer not null default 0 check (adds >= 0),
  holds      integer not null default 0 check (holds >= 0),
  primary key (product_id, day)
);
