package urgency.payments.practice;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.payments.EventSource;
import urgency.payments.PaymentSettings;
import urgency.payments.WebhookSecrets;
import urgency.payments.practice.api.Api;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Endpoints;
import urgency.payments.practice.bank.Intents;
import urgency.payments.practice.bank.Session;
import urgency.payments.practice.bank.TestCard;
import urgency.payments.practice.wire.Cause;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.Database;

/**
 * The practice till: a Stripe of our own on this machine, which takes no money. The shop reaches it
 * through Stripe's client and hears from it by signed webhooks, exactly as it would with Stripe.
 *
 * <p>With a Stripe key in the settings it never opens.
 */
@Singleton
public final class Till {
  private static final Logger LOG = Logger.getLogger("urgency");

  /**
   * What a shopper sees of a payment.
   *
   * @param problem what went wrong with the last attempt; empty for nothing
   * @param returnTo where a payment without a page goes on; empty for nowhere
   */
  public record Payment(
      String id, String status, long amount, String currency, String problem, String returnTo) {
    /** Whether the bank waits for the shopper's word. */
    public boolean needsStep() {
      return status.equals("requires_action");
    }
  }

  private final Database database;
  private final PaymentSettings settings;
  private final HttpSettings http;
  private final InstantSource clock;
  private Optional<Open> open = Optional.empty();

  private record Open(TillSecrets secrets, Bank bank, Api api, TillServer server, TillPost post) {}

  Till(Database database, PaymentSettings settings, HttpSettings http, InstantSource shopClock) {
    this.database = database;
    this.settings = settings;
    this.http = http;
    this.clock = () -> till(shopClock.instant());
  }

  /** Where its API is. */
  public URI apiBase() {
    return opened().server().base();
  }

  /** A key that it takes. */
  public String apiKey() {
    return opened().secrets().apiKey();
  }

  /** What its webhooks are signed with. */
  public WebhookSecrets webhookSecrets() {
    return new WebhookSecrets(List.of(opened().secrets().webhookSecret()), false);
  }

  /** Whether this shop practises. */
  public boolean isWanted() {
    return settings.practice();
  }

  /** What its clock shows when the shop's shows this. */
  public Instant till(Instant now) {
    return now.plus(settings.till().clockAhead());
  }

  public Optional<Session> find(String id) {
    return database.read(tx -> opened().bank().sessions().find(tx, id));
  }

  /** A payment, as far as a shopper sees it. */
  public Optional<Payment> payment(String id) {
    return database.read(tx -> payment(tx, id));
  }

  /** The page of a payment; empty when it was made without one. */
  public Optional<Session> byPayment(String id) {
    return database.read(tx -> opened().bank().sessions().byIntent(tx, id));
  }

  /** The shopper tries to pay; empty when the page is not open any more. */
  public Optional<Session> pay(String id, TestCard card, Instant now) {
    var cause = Cause.time(till(now));
    var bank = opened().bank();
    var paid =
        database.write(
            tx -> bank.sessions().pay(tx, id, bank.wallet().create(tx, card, cause), cause));
    opened().post().nudge();
    return paid;
  }

  /** The shopper says where a receipt can go. */
  public void reach(String id, String email) {
    database.change(tx -> opened().bank().sessions().reach(tx, id, email));
  }

  /** The shopper tells the bank yes or no. */
  public void step(String id, boolean well, Instant now) {
    var cause = Cause.time(till(now));
    var bank = opened().bank();
    database.change(
        tx -> {
          var session = bank.sessions().byIntent(tx, id);
          if (session.isPresent()) {
            bank.sessions().authenticate(tx, session.get(), well, cause);
          } else {
            var intent = bank.store().lock(tx, Intents.KIND, "intent", id);
            bank.intents().authenticate(tx, intent, well, cause);
          }
        });
    opened().post().nudge();
  }

  /** Lets time pass, and sends what is due. */
  void tick(Instant now) {
    database.write(tx -> opened().bank().clockwork().sweep(tx, till(now)));
    opened().post().nudge();
  }

  void forget(Instant now) {
    database.change(tx -> opened().api().forget(tx, till(now)));
  }

  synchronized void close() {
    open.ifPresent(
        it -> {
          it.server().close();
          it.post().close();
        });
  }

  private synchronized Open opened() {
    if (!settings.practice()) {
      throw new IllegalStateException("the practice till never opens beside a Stripe key");
    }
    if (open.isEmpty()) open = Optional.of(start());
    return open.get();
  }

  private Open start() {
    var secrets = new TillSecrets(database);
    var manners = settings.till();
    var random = RandomGenerator.getDefault();
    var bank = Bank.open(manners, http.siteUrl(), random);
    var hook = http.siteUrl() + "/webhooks/stripe";
    var cause = Cause.time(clock.instant());
    database.change(tx -> bank.endpoints().addShop(tx, hook, EventSource.TYPES, cause));
    var api = new Api(database, bank, manners.callsPerSecond());
    var post =
        new TillPost(
            database, bank.deliveries(), it -> address(bank, it, secrets.webhookSecret()), clock);
    var mishaps = new Mishaps(manners, random);
    var server = new TillServer(it -> answer(api, post, it), mishaps, manners.port());
    LOG.infof("Practice till: its API is at %s; no money moves", server.base());
    return new Open(secrets, bank, api, server, post);
  }

  private Api.Answer answer(Api api, TillPost post, Api.Request request) {
    var answer = api.answer(request, clock.instant());
    if (request.method().equals("POST")) post.nudge();
    return answer;
  }

  // The shop's own: straight to this node, whatever address the world knows it by.
  private Optional<TillPost.Address> address(Bank bank, String endpoint, String shopSecret) {
    if (endpoint.equals(Endpoints.SHOP)) {
      return Optional.of(new TillPost.Address(webhook(), shopSecret));
    }
    return database.read(
        tx ->
            bank.store()
                .find(tx, endpoint)
                .map(
                    it ->
                        new TillPost.Address(
                            URI.create(it.path("url").asText()), bank.store().note(tx, endpoint))));
  }

  private URI webhook() {
    var host =
        http.host().equals("0.0.0.0") || http.host().equals("::") ? "127.0.0.1" : http.host();
    return URI.create("http://%s:%d/webhooks/stripe".formatted(host, http.port()));
  }

  private Optional<Payment> payment(Handle tx, String id) {
    var store = opened().bank().store();
    return store
        .find(tx, id)
        .filter(it -> it.path("object").asText().equals(Intents.KIND))
        .map(
            it ->
                new Payment(
                    id,
                    it.path("status").asText(),
                    it.path("amount").asLong(),
                    it.path("currency").asText(),
                    it.path("last_payment_error").path("message").asText(""),
                    it.path("next_action").path("redirect_to_url").path("return_url").asText("")));
  }
}
