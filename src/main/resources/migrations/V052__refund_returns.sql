-- Which units of a refunded order are on the shelf again: line by line, never more than were sold.

create table refunds.returned (
  order_id uuid    not null,
  number   integer not null,
  -- Which line of the order, counted from zero.
  place    integer not null check (place >= 0),
  units    integer not null check (units > 0),
  primary key (order_id, number, place)
);

insert into refunds.returned (order_id, number, place, units)
select refund.order_id, refund.number, line.place, line.units
  from refunds.refund
  join (select order_id, units,
               row_number() over (partition by order_id order by place)::integer - 1 as place
          from orders.line) as line
    on line.order_id = refund.order_id
 where refund.restocked;

alter table refunds.refund drop column restocked;
