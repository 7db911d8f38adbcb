/**
 * A judge that can be trusted with money and time: around the wire stand, from the outside in,
 * validation, memory, a breaker with a second model, patience, the budget and the record. What is
 * sent hours ahead goes beside them, in parcels.
 *
 * <p>Start at {@link urgency.judging.chain.Chain}. Tables: judging.call, judging.ledger,
 * judging.judgement, judging.parcel, judging.parcel_question. Facts: none. Never: sends what was
 * not reserved and written down before.
 */
@NullMarked
package urgency.judging.chain;

import org.jspecify.annotations.NullMarked;
