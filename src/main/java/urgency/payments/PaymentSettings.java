package urgency.payments;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import urgency.platform.settings.Settings;

/**
 * With whom the shop does its money. Without a secret key that is the practice till, which takes
 * none.
 *
 * @param secretKey of Stripe; empty for the practice till
 * @param sparePages payment pages that are opened ahead for an edition; 0 for none
 * @param callsPerSecond to each of opening and closing pages and refunding, over all nodes
 * @param webhookSecrets of Stripe's endpoints, any of which may have signed
 */
public record PaymentSettings(
    String secretKey,
    List<String> webhookSecrets,
    URI apiBase,
    TillSettings till,
    int callsPerSecond,
    int sparePages) {
  /** The pace that Stripe allows to every account, with a fifth to spare. */
  public static final int CALLS_PER_SECOND = 20;

  private static final int CALLS_PER_SECOND_MAX = 1_000;
  private static final int SPARE_PAGES_MAX = 5_000;

  public PaymentSettings {
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /** At the pace that every account has. */
  public PaymentSettings(
      String secretKey, List<String> webhookSecrets, URI apiBase, TillSettings till) {
    this(secretKey, webhookSecrets, apiBase, till, CALLS_PER_SECOND, 0);
  }

  public static PaymentSettings read(Settings in) {
    var settings =
        new PaymentSettings(
            in.text(
                    "stripe.secret-key",
                    "",
                    "Stripe's secret or restricted key; empty for the practice till.")
                .strip(),
            list(
                in.text(
                    "stripe.webhook-secrets",
                    "",
                    "Signing secrets of Stripe's webhook endpoints, separated by commas.")),
            in.address("stripe.api-base", "https://api.stripe.com", "Where Stripe's API is."),
            TillSettings.read(in),
            in.number(
                "stripe.calls-per-second",
                CALLS_PER_SECOND,
                1,
                CALLS_PER_SECOND_MAX,
                "How often a second Stripe is asked for each kind of call, over all nodes."),
            in.number(
                "stripe.spare-pages",
                0,
                0,
                SPARE_PAGES_MAX,
                "Payment pages for one unit opened ahead of a shelf, so that a rush does not"
                    + " wait."));
    settings.mistakes().forEach(in::refuse);
    return settings;
  }

  /** Whether the practice till stands in for Stripe. */
  public boolean practice() {
    return secretKey.isEmpty();
  }

  /** Whether the money is real. */
  public boolean live() {
    return secretKey.startsWith("sk_live_") || secretKey.startsWith("rk_live_");
  }

  /** Without the secrets, so that settings can be logged. */
  @Override
  public String toString() {
    return "PaymentSettings[practice=%s, live=%s, apiBase=%s, till=%s]"
        .formatted(practice(), live(), apiBase, till);
  }

  private List<String> mistakes() {
    if (practice()) {
      return webhookSecrets.isEmpty()
          ? List.of()
          : List.of(
              "stripe.webhook-secrets is set, but stripe.secret-key is not: set both for Stripe,"
                  + " or neither for the practice till.");
    } else if (!secretKey.matches("[sr]k_(live|test)_\\S+")) {
      return List.of(
          "stripe.secret-key must start with sk_test_, rk_test_, sk_live_ or rk_live_; it is on"
              + " Stripe's page Developers, API keys.");
    } else if (live() && !till.equals(TillSettings.CALM)) {
      return List.of(
          "till.* is set together with a live Stripe key: the practice till never runs beside real"
              + " money. Remove the key or the till.* settings.");
    } else if (live() && !"https".equals(apiBase.getScheme())) {
      return List.of(
          "stripe.api-base must begin with https:// when stripe.secret-key is a live one, so that"
              + " it cannot be sent to a practice till.");
    } else if (webhookSecrets.isEmpty()) {
      return List.of(
          "stripe.webhook-secrets is missing: without it Stripe cannot tell the shop who has paid."
              + " Create an endpoint for {site.url}/webhooks/stripe and copy its whsec_ secret.");
    } else {
      return List.of();
    }
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }
}
