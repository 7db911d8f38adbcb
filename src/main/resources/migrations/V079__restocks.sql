-- What came while a shelf was open, without a look at every hold: a few rows among many.
create index ledger_restocks on inventory.ledger (variant_id, at) where kind = 'RESTOCK';
