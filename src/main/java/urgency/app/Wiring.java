package urgency.app;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import urgency.catalog.CatalogSettings;
import urgency.live.LiveBus;
import urgency.live.LiveSettings;
import urgency.live.bus.PostgresBus;
import urgency.live.bus.ProcessBus;
import urgency.orders.OrderSettings;
import urgency.orders.PaymentDesk;
import urgency.payments.EventSource;
import urgency.payments.PaymentSettings;
import urgency.payments.WebhookSecrets;
import urgency.payments.paced.PacedDesk;
import urgency.payments.practice.Till;
import urgency.payments.stripe.StripeDesk;
import urgency.payments.stripe.StripeFeed;
import urgency.platform.http.HttpSettings;
import urgency.platform.language.LanguageSettings;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.ShelfSettings;
import urgency.trends.Sources;
import urgency.trends.TrendSettings;

/** Chooses what the features are given: settings, clock, database, and one adapter per port. */
final class Wiring {
  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  Database database() {
    return Opening.database();
  }

  void close(@Disposes Database database) {
    database.close();
  }

  @Produces
  @Singleton
  LiveBus bus(LiveSettings settings, Database database) {
    return settings.oneNode() ? new ProcessBus() : new PostgresBus(database);
  }

  @Produces
  @Singleton
  Sources trendSources(TrendSettings settings, InstantSource clock, Database database) {
    return TrendWiring.sources(settings, clock, database);
  }

  @Produces
  @Singleton
  Scorer scorer(ScoringSettings settings) {
    return new RulesScorer(settings);
  }

  @Produces
  @Singleton
  PaymentDesk desk(
      PaymentSettings settings, HttpSettings http, Till till, Database db, InstantSource clock) {
    var desk =
        settings.practice()
            ? new StripeDesk(till.apiKey(), till.apiBase(), http.siteUrl())
            : new StripeDesk(settings.secretKey(), settings.apiBase(), http.siteUrl());
    return new PacedDesk(desk, db, settings.callsPerSecond(), RandomGenerator.getDefault(), clock);
  }

  @Produces
  @Singleton
  EventSource eventSource(PaymentSettings settings, Till till) {
    return settings.practice()
        ? new StripeFeed(till.apiKey(), till.apiBase(), EventSource.TYPES)
        : new StripeFeed(settings.secretKey(), settings.apiBase(), EventSource.TYPES);
  }

  @Produces
  @Singleton
  WebhookSecrets webhookSecrets(PaymentSettings settings, Till till) {
    return settings.practice()
        ? till.webhookSecrets()
        : new WebhookSecrets(settings.webhookSecrets(), settings.live());
  }

  @Produces
  @Singleton
  ShopSettings settings() {
    return ShopSettings.read(System.getenv());
  }

  @Produces
  @Singleton
  HttpSettings http(ShopSettings settings) {
    return settings.http();
  }

  @Produces
  @Singleton
  LanguageSettings languages(ShopSettings settings) {
    return settings.languages();
  }

  @Produces
  @Singleton
  DatabaseSettings databaseSettings(ShopSettings settings) {
    return settings.database();
  }

  @Produces
  @Singleton
  CatalogSettings catalog(ShopSettings settings) {
    return settings.catalog();
  }

  @Produces
  @Singleton
  TrendSettings trends(ShopSettings settings) {
    return settings.trends();
  }

  @Produces
  @Singleton
  ScoringSettings scoring(ShopSettings settings) {
    return settings.scoring();
  }

  @Produces
  @Singleton
  ShelfSettings shelf(ShopSettings settings) {
    return settings.shelf();
  }

  @Produces
  @Singleton
  OrderSettings orders(ShopSettings settings) {
    return settings.orders();
  }

  @Produces
  @Singleton
  LiveSettings live(ShopSettings settings) {
    return settings.live();
  }

  @Produces
  @Singleton
  PaymentSettings payments(ShopSettings settings) {
    return settings.payments();
  }
}
