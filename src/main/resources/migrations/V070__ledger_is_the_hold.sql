-- The ledger says all of a hold: what is held and what became of it. Two tables said it again.

drop table inventory.hold_line;
drop table inventory.hold;
