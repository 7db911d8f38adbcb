package urgency.judging;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What came of asking a judge. */
public sealed interface Verdicts {
  /**
   * An answer in the right form.
   *
   * @param claims what it says, by ref; after validation at most one of each ref
   * @param dropped what of it cannot be used, in words
   */
  record Given(List<Claim> claims, List<String> dropped, Receipt receipt) implements Verdicts {
    public Given {
      claims = List.copyOf(claims);
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * An answer in the right form to a question about hashtags.
   *
   * @param readings what it says, by ref; after validation at most one of each ref
   * @param dropped what of it cannot be used, in words
   */
  record Told(List<Reading> readings, List<String> dropped, Receipt receipt) implements Verdicts {
    public Told {
      readings = List.copyOf(readings);
      dropped = List.copyOf(dropped);
    }
  }

  /** The model declined to judge something in the batch. */
  record Refused(Receipt receipt) implements Verdicts {}

  /** The answer is not whole, because it came to the end of its tokens. */
  record Cut(Receipt receipt) implements Verdicts {}

  /**
   * An answer in another form.
   *
   * @param what is wrong with it, without its text
   */
  record Garbled(String what, Receipt receipt) implements Verdicts {}

  /**
   * The provider said no.
   *
   * @param status of HTTP
   * @param retryAfter how long it asks to wait
   */
  record Failed(int status, Optional<Duration> retryAfter) implements Verdicts {}

  /** No connection came about, so nothing was judged. */
  record Unreached(String what) implements Verdicts {}

  /** The connection broke or the answer took too long: nobody knows whether it was judged. */
  record Broken(String what) implements Verdicts {}

  /** Whoever asked does not want the answer any more. */
  record Stopped() implements Verdicts {}

  /** It would cost more than a cap allows, or nobody knows what it costs. */
  record NoMoney(String cap) implements Verdicts {}

  /** Every model has failed lately and is left alone until an instant. */
  record Shut(java.time.Instant until) implements Verdicts {}

  /**
   * What a hashtag is said to mean.
   *
   * @param means things, in a few words; empty when nobody knows
   * @param sells whether a shop has goods for it
   * @param ends when it is over, if it has a dated end
   * @param sure 0 to 3
   */
  record Reading(
      String ref,
      String means,
      boolean sells,
      List<String> departments,
      Optional<LocalDate> ends,
      int sure) {
    public Reading {
      departments = List.copyOf(departments);
    }
  }

  /** What is said of one ref. */
  record Claim(String ref, Verdict verdict) {}

  /**
   * Who judged, and what it took.
   *
   * @param call its id in the log
   * @param usage empty when the answer does not say
   */
  record Receipt(UUID call, String modelReturned, String requestId, Optional<Usage> usage) {}

  /**
   * Tokens of one call.
   *
   * @param in all that were read, those from the provider's cache included
   * @param out all that were written, thinking included
   */
  record Usage(int in, int cached, int out, int reasoning) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
      if (in < 0 || cached < 0 || out < 0 || reasoning < 0) {
        throw new IllegalArgumentException("%d %d %d %d".formatted(in, cached, out, reasoning));
      }
    }
  }
}
