package urgency.orders;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import urgency.catalog.VariantId;
import urgency.money.Money;

/**
 * Where money is taken: Stripe, or what speaks like it. Never called while a transaction is open.
 *
 * <p>Every method answers within ten seconds and is safe to repeat: the order's id is the
 * provider's idempotency key.
 */
public interface PaymentDesk {
  /** Opens the payment page of an order, or gives the one that is open already. */
  Opening open(Order order, Instant now);

  /**
   * A turn to ask for one page, where the desk gives them out; empty when there is none now and
   * {@link #open} would say {@code NotNow}. One that is not used is lost.
   */
  default Optional<Turn> turn(Instant now) {
    return Optional.of(this::open);
  }

  /**
   * Opens a payment page for one unit before anybody wants it. A desk that has no use for such
   * pages refuses.
   */
  default Opening openSpare(Spare spare) {
    return new Opening.Refused("this desk opens no pages ahead");
  }

  /** Closes a payment page for good, so that its units can be given back. */
  Closing close(Order.Session session);

  /** What the provider knows of a session now; empty when it cannot be asked. */
  Optional<SessionState> look(Order.Session session);

  /** Sends money back; the order and the number are the provider's idempotency key. */
  Refunding refund(MoneyBack wish);

  /**
   * Money that shall go back.
   *
   * @param number of the wish, counted from one for each order
   * @param intent the provider's name of the payment
   */
  record MoneyBack(OrderId order, int number, String intent, Money amount) {
    /** The same for each repeat of this wish. */
    public String key() {
      return "refund:" + order + ":" + number;
    }
  }

  /**
   * A payment page that has no order yet.
   *
   * @param id the provider's idempotency key
   * @param variant of the unit
   * @param title of the unit, as the page and the receipt show it
   * @param expiresAt when the page ends by itself; a day from now at most
   */
  record Spare(UUID id, VariantId variant, String title, Money price, Instant expiresAt) {}

  /** The right to ask for one page, once. */
  @FunctionalInterface
  interface Turn {
    /** As {@link PaymentDesk#open} does. */
    Opening open(Order order, Instant now);
  }

  /** Why there was no answer that helps. */
  enum Trouble {
    /** The shop asked too often, or holds back so as not to. */
    TOO_FAST,
    DOWN
  }

  /** What became of a wish to send money back. */
  sealed interface Refunding {
    record Sent(String id, RefundFacts.Refund refund) implements Refunding {}

    /** Nothing is known; asking again is safe. */
    record NotNow(String why, Trouble trouble) implements Refunding {}

    /** The provider will never send it; the reason is for the operator. */
    record Refused(String why) implements Refunding {}
  }

  /** What became of a wish for a payment page. */
  sealed interface Opening {
    record Opened(Order.Session session) implements Opening {}

    /** Nothing is lost: the hold stays, and asking again is safe. */
    record NotNow(String why, Trouble trouble) implements Opening {}

    /** The provider will never take this order; the reason is for the operator. */
    record Refused(String why) implements Opening {}
  }

  /** What became of a wish to close a payment page. */
  sealed interface Closing {
    /** It can no longer be paid. */
    record Closed() implements Closing {}

    /** Too late: the shopper was faster. */
    record Finished(SessionState state) implements Closing {}

    /** No answer; the units stay held, and the wish is repeated later. */
    record Unknown(String why, Trouble trouble) implements Closing {}
  }

  /**
   * A session as the provider tells it.
   *
   * @param status {@code open}, {@code complete} or {@code expired}
   * @param paymentStatus {@code paid}, {@code unpaid}, {@code no_payment_required}, or {@code
   *     failed} when a slow payment of a complete session has failed
   * @param currency ISO 4217, in capitals
   * @param email how the shopper can be reached about this order, as the provider was told
   * @param goods what the shop wrote on the page when it was opened; empty when nothing is written
   */
  record SessionState(
      String id,
      String status,
      String paymentStatus,
      long amountMinor,
      String currency,
      boolean live,
      Optional<String> paymentIntent,
      Optional<String> email,
      Optional<Goods> goods) {
    /** Of a shopper who cannot be reached, on a page that names no goods. */
    public SessionState(
        String id,
        String status,
        String paymentStatus,
        long amountMinor,
        String currency,
        boolean live,
        Optional<String> paymentIntent) {
      this(
          id,
          status,
          paymentStatus,
          amountMinor,
          currency,
          live,
          paymentIntent,
          Optional.empty(),
          Optional.empty());
    }

    /** The same, of a slow payment that has failed. */
    public SessionState failed() {
      return new SessionState(
          id, status, "failed", amountMinor, currency, live, paymentIntent, email, goods);
    }

    /** Whether there is no more to pay. */
    boolean isPaid() {
      return status.equals("complete")
          && (paymentStatus.equals("paid") || paymentStatus.equals("no_payment_required"));
    }
  }

  /**
   * What is sold, without words and prices: units of each variant. The shop writes it on a payment
   * page, and a page that names other goods than its order must not sell them.
   */
  record Goods(SortedMap<VariantId, Integer> units) {
    /** Of a text that is not from this shop; no order is for nothing. */
    public static final Goods NONE = new Goods(Collections.emptySortedMap());

    // As much as a provider keeps in one word of an object's metadata.
    private static final int LENGTH_MAX = 500;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}:[1-9]\\d{0,5}");

    public Goods {
      units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }

    /** One unit. */
    public static Goods one(VariantId variant) {
      var units = new TreeMap<VariantId, Integer>();
      units.put(variant, 1);
      return new Goods(units);
    }

    static Goods of(Collection<Order.Line> lines) {
      var units = new TreeMap<VariantId, Integer>();
      for (var line : lines) units.merge(line.variant(), line.units(), Integer::sum);
      return new Goods(units);
    }

    /** What {@link #toString} wrote; none when it is anything else. */
    public static Goods parse(String text) {
      if (text.length() > LENGTH_MAX) return NONE;
      var units = new TreeMap<VariantId, Integer>();
      for (var word : text.split(" ", -1)) {
        if (!TEXT.matcher(word).matches()) return NONE;
        var parts = word.split(":", -1);
        var variant = VariantId.parse(parts[0]);
        if (variant.isEmpty() || units.put(variant.get(), Integer.valueOf(parts[1])) != null) {
          return NONE;
        }
      }
      return new Goods(units);
    }

    /**
     * The variants in their order, each with its units; ten lines fit into a provider's metadata.
     */
    @Override
    public String toString() {
      var words = new StringBuilder();
      units.forEach(
          (variant, count) -> words.append(' ').append(variant.hex()).append(':').append(count));
      return words.isEmpty() ? "unknown" : words.substring(1);
    }
  }
}
