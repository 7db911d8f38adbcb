/**
 * Letters as files, for a shop that nobody has given a mail server.
 *
 * <p>Start at {@link urgency.mail.files.MailFolder}. Tables: none. Facts: none. Never: sends
 * anything.
 */
@NullMarked
package urgency.mail.files;

import org.jspecify.annotations.NullMarked;
