package urgency.payments.practice;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import urgency.payments.PaymentSettings;
import urgency.payments.WebhookSecrets;
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

  private final Database database;
  private final PaymentSettings settings;
  private final HttpSettings http;
  private final InstantSource clock;
  private Optional<Open> open = Optional.empty();

  private record Open(
      TillSecrets secrets, TillSessions sessions, TillApi api, TillServer server, TillPost post) {}

  Till(Database database, PaymentSettings settings, HttpSettings http, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.http = http;
    this.clock = clock;
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
  boolean isWanted() {
    return settings.practice();
  }

  Optional<TillSession> find(String id) {
    return database.read(tx -> opened().sessions().find(tx, id));
  }

  /** Empty when the page is not open any more. */
  Optional<TillSession> pay(String id, TillSessions.Method method, Instant now) {
    var paid = database.write(tx -> opened().sessions().pay(tx, id, method, now));
    opened().post().nudge();
    return paid;
  }

  void decline(String id) {
    database.change(tx -> opened().sessions().decline(tx, id));
  }

  /** Lets time pass, and sends what is due. */
  void tick(Instant now) {
    database.write(tx -> opened().sessions().sweep(tx, now));
    opened().post().nudge();
  }

  void forget(Instant now) {
    database.change(tx -> opened().api().forget(tx, now));
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
    var events = new TillEvents(settings.till(), RandomGenerator.getDefault());
    var sessions = new TillSessions(events, http.siteUrl());
    var api = new TillApi(database, sessions, events);
    var server = new TillServer(api, settings.till().port(), clock);
    var post = new TillPost(database, events, secrets.webhookSecret(), this::webhook, clock);
    LOG.infof("Practice till: its API is at %s; no money moves", server.base());
    return new Open(secrets, sessions, api, server, post);
  }

  // Straight to this node, whatever address the world knows it by.
  private URI webhook() {
    var host =
        http.host().equals("0.0.0.0") || http.host().equals("::") ? "127.0.0.1" : http.host();
    return URI.create("http://%s:%d/webhooks/stripe".formatted(host, http.port()));
  }
}
