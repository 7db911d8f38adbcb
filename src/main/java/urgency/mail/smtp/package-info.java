/**
 * Letters by SMTP.
 *
 * <p>Start at {@link urgency.mail.smtp.SmtpPost}. Tables: none. Facts: none. Never: says its
 * password over a line that others can read.
 */
@NullMarked
package urgency.mail.smtp;

import org.jspecify.annotations.NullMarked;
