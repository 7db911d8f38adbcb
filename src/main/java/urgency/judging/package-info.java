/**
 * Language models as judges of meaning. They read what a product is and what people talk about, and
 * answer in a few ordinal fields; the number is made elsewhere, by arithmetic.
 *
 * <p>Start at {@link urgency.judging.Judging}. Tables: judging.call, judging.ledger, judging.purse,
 * judging.judgement, judging.canary, judging.note, judging.standing, judging.trial, judging.parcel,
 * judging.parcel_question. Facts: none. Never: runs while a shopper waits, sends what is about a
 * person, counts for more than a quarter.
 */
@NullMarked
package urgency.judging;

import org.jspecify.annotations.NullMarked;
