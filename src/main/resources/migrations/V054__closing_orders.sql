-- Orders that are being closed before their hold has run out, because their buyers said so.

create index order_closing on orders.order_ (attempt_at) where status = 'RELEASING';
