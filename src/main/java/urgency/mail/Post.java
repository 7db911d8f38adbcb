package urgency.mail;

/** How letters leave the shop. Never called while a transaction is open; answers within minutes. */
@FunctionalInterface
public interface Post {
  Outcome send(Mail mail);

  /** What became of a letter. */
  sealed interface Outcome {
    record Sent() implements Outcome {}

    /** Nothing is known, or not now; trying again is safe, since the letter keeps its id. */
    record NotNow(String why) implements Outcome {}

    /** It will never be taken; trying again would not help. */
    record Refused(String why) implements Outcome {}
  }
}
