package urgency.judging.chain;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import urgency.judging.Dialect;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.JudgeSettings.Patience;
import urgency.judging.JudgeSettings.Tier;
import urgency.judging.Question;
import urgency.judging.Verdicts;

/** One question over HTTP, once, and what the answer says. */
final class Wire {
  /** Longest body of one answer. */
  static final int BODY_MAX = 2 << 20;

  private final Dialect dialect;
  private final Model model;
  private final Duration total;
  private final InstantSource clock;
  private final Courier courier;

  /** What came back: bytes as they were, and what they say. */
  record Reply(int status, byte[] body, Verdicts verdicts) {
    /** Nothing came back. */
    static Reply none(Verdicts verdicts) {
      return new Reply(0, new byte[0], verdicts);
    }
  }

  Wire(Dialect dialect, Model model, Patience patience, InstantSource clock) {
    this.dialect = dialect;
    this.model = model;
    this.total =
        model.tier() == Tier.FLEX
            ? patience.total().multipliedBy(Courier.PATIENT_TIMES)
            : patience.total();
    this.clock = clock;
    this.courier = new Courier(model, dialect.headers(model), patience);
  }

  Reply ask(Question question, byte[] body, Instant deadline) {
    var left = Duration.between(clock.instant(), deadline);
    var most = left.compareTo(total) < 0 ? left : total;
    if (!most.isPositive()) return Reply.none(new Verdicts.Broken("no time left"));
    var request =
        HttpRequest.newBuilder(dialect.address(model))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return switch (courier.ask(request, most, BODY_MAX)) {
      case Courier.Answer.Heard it -> reply(question, it.response());
      case Courier.Answer.Unreached it -> Reply.none(new Verdicts.Unreached(it.what()));
      case Courier.Answer.Broken it -> Reply.none(new Verdicts.Broken(it.what()));
      case Courier.Answer.Stopped _ -> Reply.none(new Verdicts.Stopped());
    };
  }

  private Reply reply(Question question, HttpResponse<byte[]> response) {
    var verdicts =
        response.statusCode() == Courier.Answer.Heard.OK
            ? dialect.read(response.body(), question.id(), question)
            : new Verdicts.Failed(response.statusCode(), retryAfter(response));
    return new Reply(response.statusCode(), response.body(), verdicts);
  }

  private Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Retry-After").flatMap(it -> span(it.strip()));
  }

  // Seconds or a date, as RFC 9110 has it.
  private Optional<Duration> span(String text) {
    if (text.matches("[0-9]{1,6}")) return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
    try {
      var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var span = Duration.between(clock.instant(), at);
      return Optional.of(span.isNegative() ? Duration.ZERO : span);
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }
}
