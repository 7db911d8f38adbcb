package urgency.platform.http;

/**
 * A request that says something we cannot accept: answered 400 with the field and the remedy, as a
 * page for people and as problem+json for programs.
 */
public final class BadInput extends RuntimeException {
  private final String field;
  private final String sentence;

  /**
   * @param field the name under which the value was sent
   * @param remedy a sentence that tells what to send instead, without echoing the value
   */
  public BadInput(String field, String remedy) {
    super(field + ": " + remedy);
    this.field = field;
    this.sentence = field + ": " + remedy;
  }

  /** Field and remedy, for the one who sent it. */
  public String sentence() {
    return sentence;
  }

  public String field() {
    return field;
  }
}
