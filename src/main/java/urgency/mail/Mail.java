package urgency.mail;

/**
 * A letter, ready to be sent.
 *
 * @param id the same for each repeat of this letter, so that a mailbox can tell
 */
public record Mail(String id, EmailAddress to, String subject, String text, String html) {
  private static final int SUBJECT_MAX = 200;

  public Mail {
    if (!id.matches("[A-Za-z0-9._-]{1,200}")) throw new IllegalArgumentException("id: " + id);
    if (subject.length() > SUBJECT_MAX || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the subject is not one line");
    }
  }
}
