-- The practice till keeps what Stripe keeps: payments, charges, refunds, disputes, goods, ways to
-- pay and endpoints, each in the words in which it is told.

create table practice.object (
  number  bigint      generated always as identity,
  id      text        primary key,
  kind    text        not null,
  created timestamptz not null,
  note    text        not null default '',
  body    jsonb       not null
);
create index object_by_kind on practice.object (kind, number desc);

-- What comes of itself after a while.
create table practice.due (
  object_id text        not null,
  what      text        not null check (what in ('COMES', 'FAILS')),
  at        timestamptz not null,
  primary key (object_id, what)
);
create index due_by_time on practice.due (at);

-- Payments of before, which were columns of their sessions.
insert into practice.object (id, kind, created, note, body)
select 'pm_' || substr(payment_intent, 4), 'payment_method', created,
       case when settles_at is null then '4242424242424242'
            when settles_well then 'AT611904300234573201' else 'AT861904300235473202' end,
       jsonb_build_object(
         'id', 'pm_' || substr(payment_intent, 4), 'object', 'payment_method',
         'created', extract(epoch from created)::bigint, 'livemode', false, 'type', 'card',
         'customer', null, 'metadata', '{}'::jsonb,
         'billing_details', jsonb_build_object('address', null, 'email', null, 'name', null,
                                               'phone', null))
  from practice.session
 where payment_intent is not null;

insert into practice.object (id, kind, created, note, body)
select payment_intent, 'payment_intent', created, id,
       jsonb_build_object(
         'id', payment_intent, 'object', 'payment_intent',
         'created', extract(epoch from created)::bigint, 'livemode', false,
         'amount', amount, 'amount_capturable', 0,
         'amount_received', case intent_status when 'succeeded' then amount else 0 end,
         'capture_method', 'automatic', 'confirmation_method', 'automatic', 'currency', currency,
         'customer', null, 'description', null, 'last_payment_error', null,
         'latest_charge', 'ch_' || substr(payment_intent, 4),
         'metadata', coalesce(wish -> 'intentMetadata', '{}'::jsonb), 'next_action', null,
         'payment_method', 'pm_' || substr(payment_intent, 4),
         'payment_method_types', '["card", "sepa_debit"]'::jsonb, 'processing', null,
         'receipt_email', null, 'shipping', null, 'status', intent_status)
  from practice.session
 where payment_intent is not null;

insert into practice.object (id, kind, created, body)
select 'ch_' || substr(payment_intent, 4), 'charge', created,
       jsonb_build_object(
         'id', 'ch_' || substr(payment_intent, 4), 'object', 'charge',
         'created', extract(epoch from created)::bigint, 'livemode', false,
         'amount', amount,
         'amount_captured', case intent_status when 'requires_payment_method' then 0 else amount end,
         'amount_refunded', 0, 'captured', intent_status = 'succeeded', 'currency', currency,
         'billing_details', jsonb_build_object('address', null, 'email', null, 'name', null,
                                               'phone', null),
         'disputed', false, 'metadata', coalesce(wish -> 'intentMetadata', '{}'::jsonb),
         'paid', intent_status <> 'requires_payment_method', 'payment_intent', payment_intent,
         'payment_method', 'pm_' || substr(payment_intent, 4), 'refunded', false,
         'status', case intent_status when 'succeeded' then 'succeeded'
                                      when 'processing' then 'pending' else 'failed' end)
  from practice.session
 where payment_intent is not null;

insert into practice.due (object_id, what, at)
select payment_intent, case when settles_well then 'COMES' else 'FAILS' end, settles_at
  from practice.session
 where settles_at is not null;

-- A page that is still open may have had a payment that was declined.
alter table practice.session
  add column number bigint generated always as identity,
  drop column intent_status,
  drop column settles_at,
  drop column settles_well,
  drop column declined;
alter table practice.session drop constraint session_payment_status_check;
alter table practice.session add constraint session_payment_status_check
  check (payment_status in ('paid', 'unpaid', 'no_payment_required'));
do $$
declare
  rule text;
begin
  for rule in select conname
                from pg_constraint
               where conrelid = 'practice.session'::regclass
                 and contype = 'c'
                 and pg_get_constraintdef(oid) like '%payment_intent IS NOT NULL%'
  loop
    execute format('alter table practice.session drop constraint %I', rule);
  end loop;
end $$;
drop index practice.session_by_age;
create index session_by_number on practice.session (number desc);
update practice.session
   set wish = wish || jsonb_build_object(
         'methods', '["card", "sepa_debit"]'::jsonb,
         'lines', (select coalesce(jsonb_agg(line || '{"priceId": ""}'::jsonb), '[]'::jsonb)
                     from jsonb_array_elements(wish -> 'lines') line));

-- Events are about anything, and go to whoever wants them.
alter table practice.event add column object_id text;
update practice.event set object_id = session_id;
alter table practice.event alter column object_id set not null;
alter table practice.event drop column session_id;

alter table practice.delivery add column endpoint_id text not null default 'we_1PracticeTillShop';
alter table practice.delivery drop constraint delivery_pkey;
alter table practice.delivery add primary key (event_id, endpoint_id);
alter table practice.delivery alter column endpoint_id drop default;

alter table practice.idempotency add column request text not null default 'req_before';
