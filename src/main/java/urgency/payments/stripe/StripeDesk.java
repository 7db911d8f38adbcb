package urgency.payments.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.PaymentDesk;
import urgency.orders.PaymentDesk.Goods;
import urgency.payments.BackPage;
import urgency.payments.MoneyJson;
import urgency.payments.SessionJson;
import urgency.payments.StripeAmounts;

/**
 * Stripe's hosted payment page, through Stripe's own client. The practice till is reached by the
 * same code at another address, so what is tested is what runs.
 *
 * <p>The client's own retries are off and its waits are short: its defaults may keep a shopper
 * waiting for minutes. Who calls decides whether to ask again, and each request may be repeated.
 */
public final class StripeDesk implements PaymentDesk {
  /** Stripe refuses pages that live for less than 30 minutes; counted from the end of the hold. */
  static final Duration AFTER_HOLD = Duration.ofMinutes(31);

  private static final Logger LOG = Logger.getLogger(StripeDesk.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(7);
  private static final int RETRIES_MAX = 0;
  private static final int KEYS_MAX = 3;
  private static final int SERVER_ERROR = 500;

  private final StripeClient stripe;
  private final String site;

  /**
   * @param site the shop's address, without a trailing slash
   */
  public StripeDesk(String secretKey, URI apiBase, String site) {
    this.site = site;
    this.stripe = client(secretKey, apiBase);
  }

  static StripeClient client(String secretKey, URI apiBase) {
    return StripeClient.builder()
        .setApiKey(secretKey)
        .setApiBase(apiBase.toString())
        .setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()))
        .setReadTimeout(Math.toIntExact(ANSWER_MAX.toMillis()))
        .setMaxNetworkRetries(RETRIES_MAX)
        .build();
  }

  @Override
  public Opening open(Order order, Instant now) {
    if (order.session().isPresent()) return new Opening.Opened(order.session().get());
    return create("cs:" + order.id(), () -> wish(order));
  }

  @Override
  public Opening openSpare(Spare spare) {
    return create("spare:" + spare.id(), () -> wish(spare));
  }

  // Stripe keeps the first answer to a key for a day, also one that says that it broke: by that key
  // the order would never get a page. If one was made all the same, nobody knows its address.
  private Opening create(String key, Supplier<SessionCreateParams> wish) {
    try {
      for (var number = 1; ; number++) {
        try {
          return opened(number == 1 ? key : key + ":" + number, wish.get());
        } catch (StripeException trouble) {
          if (number == KEYS_MAX || !isKeptFailure(trouble)) throw trouble;
        }
      }
    } catch (ArithmeticException noSuchAmount) {
      return new Opening.Refused("the amount cannot be told to Stripe: " + key);
    } catch (StripeException trouble) {
      var why = told(trouble);
      LOG.warnf("no payment page for %s: %s", key, why);
      return isFinal(trouble)
          ? new Opening.Refused(why)
          : new Opening.NotNow(why, trouble(trouble));
    }
  }

  private Opening opened(String key, SessionCreateParams wish) throws StripeException {
    var options = RequestOptions.builder().setIdempotencyKey(key).build();
    var session = stripe.v1().checkout().sessions().create(wish, options);
    var expiresAt = Instant.ofEpochSecond(session.getExpiresAt());
    return new Opening.Opened(new Order.Session(session.getId(), session.getUrl(), expiresAt));
  }

  @Override
  public Closing close(Order.Session session) {
    try {
      return closing(tree(stripe.v1().checkout().sessions().expire(session.id())));
    } catch (InvalidRequestException notOpen) {
      return look(session)
          .map(StripeDesk::closing)
          .orElseGet(() -> new Closing.Unknown(told(notOpen), Trouble.DOWN));
    } catch (StripeException trouble) {
      return new Closing.Unknown(told(trouble), trouble(trouble));
    }
  }

  @Override
  public Optional<SessionState> look(Order.Session session) {
    try {
      var found = SessionJson.state(tree(stripe.v1().checkout().sessions().retrieve(session.id())));
      return found.isPresent() && isSlow(found.get()) ? afterSlow(found.get()) : found;
    } catch (StripeException trouble) {
      LOG.warnf("session %s cannot be looked at: %s", session.id(), told(trouble));
      return Optional.empty();
    }
  }

  @Override
  public Refunding refund(MoneyBack wish) {
    try {
      var options = RequestOptions.builder().setIdempotencyKey(wish.key()).build();
      var params =
          RefundCreateParams.builder()
              .setPaymentIntent(wish.intent())
              .setAmount(StripeAmounts.toStripe(wish.amount()))
              .putMetadata("order_id", wish.order().toString())
              .build();
      var refund = tree(stripe.v1().refunds().create(params, options));
      return MoneyJson.refund(refund)
          .<Refunding>map(it -> new Refunding.Sent(it.id(), it.state()))
          .orElseGet(() -> new Refunding.NotNow("the answer cannot be read", Trouble.DOWN));
    } catch (ArithmeticException noSuchAmount) {
      return new Refunding.Refused("the amount cannot be told to Stripe: " + wish.amount());
    } catch (StripeException trouble) {
      var why = told(trouble);
      LOG.warnf("no refund %s: %s", wish.key(), why);
      return isFinal(trouble)
          ? new Refunding.Refused(why)
          : new Refunding.NotNow(why, trouble(trouble));
    }
  }

  private static Trouble trouble(StripeException trouble) {
    return trouble instanceof RateLimitException ? Trouble.TOO_FAST : Trouble.DOWN;
  }

  // The wish depends on the order alone: a repeat with the same key must be the same request, so
  // the page's end is counted from the hold's and not from now.
  private SessionCreateParams wish(Order order) {
    var id = order.id().toString();
    var wish =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setClientReferenceId(id)
            .putMetadata("order_id", id)
            .putMetadata(SessionJson.GOODS, order.goods().toString())
            .setPaymentIntentData(
                SessionCreateParams.PaymentIntentData.builder().putMetadata("order_id", id).build())
            .setExpiresAt(order.holdUntil().plus(AFTER_HOLD).getEpochSecond())
            .setSuccessUrl(site + BackPage.PREFIX + id)
            .setCancelUrl(site + "/orders/" + id);
    for (var line : order.lines()) wish.addLineItem(item(line.title(), line.price(), line.units()));
    return wish.build();
  }

  // It names no order, since there is none: which order it is for is known by the session alone.
  private SessionCreateParams wish(Spare spare) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.PAYMENT)
        .putMetadata(SessionJson.SPARE, spare.id().toString())
        .putMetadata(SessionJson.GOODS, Goods.one(spare.variant()).toString())
        .setExpiresAt(spare.expiresAt().getEpochSecond())
        .setSuccessUrl(site + BackPage.OF_SESSION + "{CHECKOUT_SESSION_ID}")
        .setCancelUrl(site + "/orders")
        .addLineItem(item(spare.title(), spare.price(), 1))
        .build();
  }

  private static LineItem item(String title, Money money, long units) {
    var product = LineItem.PriceData.ProductData.builder().setName(title).build();
    var price =
        LineItem.PriceData.builder()
            .setCurrency(money.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
            .setUnitAmount(StripeAmounts.toStripe(money))
            .setProductData(product)
            .build();
    return LineItem.builder().setPriceData(price).setQuantity(units).build();
  }

  private static Closing closing(JsonNode session) {
    return SessionJson.state(session)
        .map(StripeDesk::closing)
        .orElseGet(() -> new Closing.Unknown("the answer cannot be read", Trouble.DOWN));
  }

  private static Closing closing(SessionState state) {
    return switch (state.status()) {
      case "expired" -> new Closing.Closed();
      case "complete" -> new Closing.Finished(state);
      default -> new Closing.Unknown("the session is still " + state.status(), Trouble.DOWN);
    };
  }

  private static boolean isSlow(SessionState state) {
    return state.status().equals("complete")
        && state.paymentStatus().equals("unpaid")
        && state.paymentIntent().isPresent();
  }

  // A complete session stays "unpaid" when its slow payment fails; only the payment tells.
  private Optional<SessionState> afterSlow(SessionState state) throws StripeException {
    var intent = stripe.v1().paymentIntents().retrieve(state.paymentIntent().orElseThrow());
    return switch (intent.getStatus()) {
      case "requires_payment_method", "canceled" -> Optional.of(state.failed());
      default -> Optional.of(state);
    };
  }

  private static JsonNode tree(ApiResource answer) {
    try {
      return JSON.readTree(answer.getLastResponse().body());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Stripe's client accepted what is not JSON");
    }
  }

  // A refusal lets the units go, so it must prove that no page exists under this order's key. A
  // wrong key, or a key that was used for another wish, proves nothing.
  private static boolean isFinal(StripeException trouble) {
    return trouble instanceof InvalidRequestException;
  }

  private static boolean isKeptFailure(StripeException trouble) {
    var status = trouble.getStatusCode();
    var error = trouble.getStripeError();
    return status != null
        && status >= SERVER_ERROR
        && error != null
        && error.getLastResponse() != null
        && error.getLastResponse().headers().firstValue("Idempotent-Replayed").isPresent();
  }

  // Stripe's own sentences may quote what was sent; kind, code and request id are enough to find
  // the request in its dashboard.
  static String told(StripeException trouble) {
    var kind = trouble.getClass().getSimpleName();
    var error = trouble.getStripeError();
    var parameter = error == null || error.getParam() == null ? "" : " on " + error.getParam();
    return "%s %s %s%s (request %s)"
        .formatted(
            kind, trouble.getStatusCode(), trouble.getCode(), parameter, trouble.getRequestId());
  }
}
