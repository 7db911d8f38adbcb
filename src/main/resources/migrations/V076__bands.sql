-- How sure the two numbers of a score are, and what they rest on, with the score and, as it was when
-- it was published, with the slot. Nobody kept it of older ones.

alter table scoring.score
  add column virality_low  smallint,
  add column virality_high smallint,
  add column urgency_low   smallint,
  add column urgency_high  smallint,
  add constraint score_has_all_of_its_bands_or_none
    check (num_nulls(virality_low, virality_high, urgency_low, urgency_high) in (0, 4)),
  add constraint score_lies_in_its_bands
    check (virality between virality_low and virality_high
           and urgency between urgency_low and urgency_high);

alter table shelf.slot
  add column source        text,
  add column virality_low  smallint,
  add column virality_high smallint,
  add column urgency_low   smallint,
  add column urgency_high  smallint,
  add constraint slot_has_all_of_its_basis_or_none
    check (num_nulls(source, virality_low, virality_high, urgency_low, urgency_high) in (0, 5)),
  add constraint slot_lies_in_its_bands
    check (virality between virality_low and virality_high
           and urgency between urgency_low and urgency_high);
