package urgency.mail;

import java.util.Optional;

/**
 * Who letters are from.
 *
 * @param name beside the address, for people; one line
 * @param replyTo where answers go, if not to the sender
 */
public record Sender(EmailAddress from, String name, Optional<EmailAddress> replyTo) {
  public Sender {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the sender's name is not one line");
    }
  }

  /** What comes after the at sign. */
  public String domain() {
    return from.text().substring(from.text().lastIndexOf('@') + 1);
  }
}
