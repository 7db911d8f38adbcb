-- The language in which a buyer placed an order, for the letters about it; unknown of older orders.
alter table orders.order_ add column language text check (length(language) <= 12);
