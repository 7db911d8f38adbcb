package urgency.admin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import urgency.operators.Acts;

/** What the operator's pages show. */
public final class AdminView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /**
   * What surrounds a page.
   *
   * @param by who is signed in; empty at the door
   */
  public record Frame(String title, String tab, String by) {}

  /**
   * The page before the door.
   *
   * @param token of a setup link; empty to sign in
   */
  record Entry(Frame frame, String notice, String token) {
    static Entry signIn(String notice) {
      return new Entry(new Frame("Sign in", "none", ""), notice, "");
    }

    static Entry setup(String notice, String token) {
      return new Entry(new Frame("Set the owner", "none", ""), notice, token);
    }
  }

  record Act(String at, String by, String address, String what, String object, String detail) {
    static Act of(Acts.Act it) {
      return new Act(time(it.at()), it.by(), it.address(), it.what(), it.object(), it.detail());
    }
  }

  /**
   * What needs a person now.
   *
   * @param quarantined orders whose payment does not match
   * @param failed orders whose refund came back
   * @param dead webhooks that could not be worked off
   * @param sources trend sources that refuse, are not understood, or are hard to believe
   */
  record Now(Frame frame, int quarantined, int failed, int dead, int sources, List<Act> acts) {}

  /** A value that a form carries along. */
  public record Field(String name, String value) {}

  /**
   * Names what is about to be done, once more.
   *
   * @param action where a yes goes
   * @param back where a no goes
   */
  public record Confirm(
      Frame frame, String detail, String action, String back, List<Field> fields) {
    public String html() {
      return AdminTemplates.confirm(this).render();
    }
  }

  private AdminView() {}

  /** Day and time in UTC, to the second. */
  public static String time(Instant at) {
    return TIME.format(at);
  }
}
