package urgency.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import urgency.catalog.CatalogSettings;
import urgency.glossary.Glossary;
import urgency.judging.Dialect;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings;
import urgency.judging.Judgements;
import urgency.judging.Judging;
import urgency.judging.anthropic.MessageBatches;
import urgency.judging.anthropic.Messages;
import urgency.judging.chain.Bulk;
import urgency.judging.chain.Chain;
import urgency.judging.chain.Courier;
import urgency.judging.chain.Parcels;
import urgency.judging.openai.ChatCompletions;
import urgency.judging.openai.FileBatches;
import urgency.judging.openai.Responses;
import urgency.live.LiveBus;
import urgency.live.LiveSettings;
import urgency.live.bus.PostgresBus;
import urgency.live.bus.ProcessBus;
import urgency.mail.MailSettings;
import urgency.mail.Post;
import urgency.mail.Seller;
import urgency.mail.files.MailFolder;
import urgency.mail.smtp.SmtpPost;
import urgency.orders.OrderSettings;
import urgency.orders.PaymentDesk;
import urgency.payments.EventSource;
import urgency.payments.PaymentSettings;
import urgency.payments.WebhookSecrets;
import urgency.payments.paced.PacedDesk;
import urgency.payments.practice.Till;
import urgency.payments.spare.SpareDesk;
import urgency.payments.spare.Spares;
import urgency.payments.stripe.StripeDesk;
import urgency.payments.stripe.StripeFeed;
import urgency.platform.http.HttpSettings;
import urgency.platform.http.Shipped;
import urgency.platform.language.LanguageSettings;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;
import urgency.refunds.RefundSettings;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Editions;
import urgency.shelf.ShelfSettings;
import urgency.trends.Sources;
import urgency.trends.TrendSettings;
import urgency.withdrawals.WithdrawalSettings;

/** Chooses what the features are given: settings, database, and one adapter per port. */
final class Wiring {
  // Its proxy is there at once: the container is put together while PostgreSQL starts, and who
  // first asks something waits.
  @Produces
  @ApplicationScoped
  Database database() {
    return Opening.database();
  }

  @Produces
  @Singleton
  Shipped shipped() {
    return Opening.files();
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
  Scorer.Maker scorerMaker() {
    return RulesScorer::new;
  }

  @Produces
  @Singleton
  PaymentDesk desk(
      PaymentSettings settings,
      HttpSettings http,
      Till till,
      Spares spares,
      Editions editions,
      Database db,
      InstantSource clock) {
    var desk =
        settings.practice()
            ? new StripeDesk(till.apiKey(), till.apiBase(), http.siteUrl())
            : new StripeDesk(settings.secretKey(), settings.apiBase(), http.siteUrl());
    var paced =
        new PacedDesk(desk, db, settings.callsPerSecond(), RandomGenerator.getDefault(), clock);
    return settings.sparePages() == 0
        ? paced
        : new SpareDesk(paced, spares, editions, db, settings.sparePages());
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
  Post post(MailSettings settings, InstantSource clock) {
    return switch (settings.transport()) {
      case SMTP -> new SmtpPost(settings.smtp(), settings.sender(), clock);
      case FOLDER, OFF -> new MailFolder(settings.folder(), settings.sender(), clock);
    };
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
  JudgeSettings judge(ShopSettings settings) {
    return settings.judge();
  }

  @Produces
  @Singleton
  Judge judge(JudgeSettings settings, Database database, InstantSource clock) {
    return new Chain(
            database,
            settings,
            Wiring::dialect,
            clock,
            RandomGenerator.getDefault(),
            UUID::randomUUID)
        .judge();
  }

  @Produces
  @Singleton
  Judging judging(
      Judge judge,
      JudgeSettings settings,
      Database database,
      Judgements judgements,
      InstantSource clock) {
    var secure = new SecureRandom();
    var parcels =
        new Parcels(database, settings, Wiring::dialect, Wiring::bulk, clock, UUID::randomUUID);
    return new Judging(
        database, judge, settings, judgements, clock, secure::nextLong, UUID::randomUUID, parcels);
  }

  @Produces
  @Singleton
  Glossary glossary(
      Judge judge,
      Judgements judgements,
      JudgeSettings settings,
      Database database,
      InstantSource clock) {
    var secure = new SecureRandom();
    return new Glossary(
        database, judge, judgements, settings, clock, secure::nextLong, UUID::randomUUID);
  }

  private static Dialect dialect(JudgeSettings.Provider provider) {
    return switch (provider) {
      case OPENAI -> new Responses();
      case ANTHROPIC -> new Messages();
      case COMPATIBLE -> new ChatCompletions();
    };
  }

  private static Optional<Bulk> bulk(JudgeSettings.Model model, Courier courier) {
    return switch (model.provider()) {
      case OPENAI -> Optional.of(new FileBatches(model, courier));
      case ANTHROPIC -> Optional.of(new MessageBatches(model, courier));
      case COMPATIBLE -> Optional.empty();
    };
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

  @Produces
  @Singleton
  Seller seller(ShopSettings settings) {
    return settings.seller();
  }

  @Produces
  @Singleton
  MailSettings mail(ShopSettings settings) {
    return settings.mail();
  }

  @Produces
  @Singleton
  RefundSettings refunds(ShopSettings settings) {
    return settings.refunds();
  }

  @Produces
  @Singleton
  WithdrawalSettings withdrawals(ShopSettings settings) {
    return settings.withdrawals();
  }
}
