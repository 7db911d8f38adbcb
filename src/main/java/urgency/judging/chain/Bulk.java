package urgency.judging.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import urgency.judging.Answers;
import urgency.judging.chain.Courier.Answer;

/**
 * A provider's batch interface: many requests handed over at once, answered within a day at half
 * price, in whatever order.
 *
 * <p>An implementation decides nothing and keeps nothing. Each method is a few requests at most,
 * answers within the courier's patience, and says what happened instead of throwing.
 */
public interface Bulk {
  /** Longest body that tells about batches, and longest one with all answers of one. */
  int TOLD_MAX = 2 << 20;

  int ANSWERS_MAX = 32 << 20;

  /** Most lines of answers that are read, and most batches that are looked through. */
  int LINES_MAX = 10_000;

  int LISTED_MAX = 100;

  /** One request as it would have been sent alone, under the name of its call. */
  record Item(UUID call, byte[] request) {}

  /** What came of handing over. */
  sealed interface Sent {
    /** It is there, under the provider's name for it. */
    record Taken(String remote) implements Sent {}

    /**
     * It is not there.
     *
     * @param status of HTTP; 0 when nobody was reached
     */
    record Denied(int status) implements Sent {}

    /** It may be there. Only {@link #seek} can tell; sending again could be paid twice. */
    record Unclear(String what) implements Sent {}
  }

  /** What came of looking for one that may have arrived. */
  sealed interface Sought {
    /** It did, and this is the provider's name for it. */
    record Found(String remote) implements Sought {}

    /** There is nothing like it. */
    record Absent() implements Sought {}

    /** Nobody said, or several look like it. */
    record Unheard() implements Sought {}
  }

  /** How far a batch is. */
  sealed interface Seen {
    /** There is nothing to fetch yet. */
    record Working() implements Seen {}

    /** Over, whether or not all of it was answered; what there is lies at these addresses. */
    record Ended(List<URI> results) implements Seen {
      public Ended {
        results = List.copyOf(results);
      }
    }

    /** Rejected as a whole: nothing was answered and nothing is charged. */
    record Failed(String what) implements Seen {}

    /** Nobody said. */
    record Unheard(String what) implements Seen {}
  }

  /** What was fetched. */
  sealed interface Brought {
    /**
     * Answers as they stood there.
     *
     * @param unreadable how many lines say nothing
     */
    record Lines(List<Line> lines, int unreadable) implements Brought {
      public Lines {
        lines = List.copyOf(lines);
      }
    }

    /** Not now. */
    record Unheard(String what) implements Brought {}
  }

  /** What is said about one request. */
  sealed interface Line {
    /** The name that the request was given, or any other text. */
    String name();

    /** Its answer, byte for byte the body that it would have had alone. */
    record Answered(String name, byte[] body) implements Line {}

    /** None, and nothing is charged: it failed, expired or was cancelled. */
    record Unanswered(String name, int status, String why) implements Line {}
  }

  /** A provider's name for something; none when it is not fit to stand in an address. */
  static Optional<String> name(JsonNode node) {
    return Optional.ofNullable(node.textValue()).filter(it -> it.matches("[A-Za-z0-9_-]{1,128}"));
  }

  /**
   * A provider's word for what went wrong, fit to be kept; its sentences may repeat the request.
   */
  static String word(JsonNode node) {
    var text = node.asText("");
    return text.matches("[a-z_]{1,60}") ? text : "no reason given";
  }

  /** The answer to a question about batches; none unless all is well. */
  static Optional<JsonNode> told(Answer answer) {
    return answer instanceof Answer.Heard it ? it.tree() : Optional.empty();
  }

  /** What came of the request that makes the batch. */
  static Sent sent(Answer answer) {
    return switch (answer) {
      case Answer.Heard it when it.refusal() > 0 -> new Sent.Denied(it.refusal());
      case Answer.Heard it ->
          it.tree()
              .flatMap(body -> name(body.path("id")))
              .<Sent>map(Sent.Taken::new)
              .orElse(new Sent.Unclear("a batch without a name"));
      case Answer.Unreached _ -> new Sent.Denied(0);
      case Answer.Broken it -> new Sent.Unclear(it.what());
      case Answer.Stopped _ -> new Sent.Unclear("stopped");
    };
  }

  /** Fetches all lines, or nothing. */
  static Brought fetch(Courier courier, List<URI> results, Function<byte[], Optional<Line>> read) {
    var lines = new ArrayList<Line>();
    var unreadable = 0;
    for (var at : results) {
      if (!(courier.get(at, ANSWERS_MAX) instanceof Answer.Heard it) || it.refusal() > 0) {
        return new Brought.Unheard("answers cannot be fetched");
      }
      for (var line : Answers.lines(it.response().body(), LINES_MAX)) {
        var said = read.apply(line);
        said.ifPresent(lines::add);
        if (said.isEmpty()) unreadable++;
      }
    }
    return new Brought.Lines(lines, unreadable);
  }

  /** Hands over, under a name of ours where the provider keeps one. */
  Sent submit(UUID parcel, List<Item> items);

  Sought seek(UUID parcel, int items, Instant sentAt);

  Seen look(String remote);

  Brought fetch(List<URI> results);
}
