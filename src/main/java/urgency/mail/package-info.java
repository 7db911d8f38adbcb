/**
 * Letters to buyers: each is written down in the transaction of what it tells of, and sent later.
 *
 * <p>Start at {@link urgency.mail.Outbox}. Tables: mail.letter, mail.address. Facts: none. Never:
 * uses an address for anything but the order that it came with, or keeps it longer than set.
 */
@NullMarked
package urgency.mail;

import org.jspecify.annotations.NullMarked;
