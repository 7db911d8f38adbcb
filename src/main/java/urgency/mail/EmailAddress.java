package urgency.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a letter goes; plain ASCII without a name, so that nothing else can hide in a header. */
public record EmailAddress(String text) {
  private static final int LENGTH_MAX = 254;
  private static final String WORD = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(WORD + "(\\." + WORD + ")*@" + LABEL + "(\\." + LABEL + ")*");

  public EmailAddress {
    if (!isOne(text)) throw new IllegalArgumentException("not an e-mail address");
  }

  /** Empty when the text is not an address. */
  public static Optional<EmailAddress> parse(String text) {
    var plain = text.strip();
    return isOne(plain) ? Optional.of(new EmailAddress(plain)) : Optional.empty();
  }

  /** Enough for its owner to know it again, such as {@code l…@example.com}. */
  public String masked() {
    return text.charAt(0) + "…" + text.substring(text.lastIndexOf('@'));
  }

  private static boolean isOne(String text) {
    return text.length() <= LENGTH_MAX && text.indexOf('@') <= 64 && FORM.matcher(text).matches();
  }
}
