package urgency.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** When letters are sent, and addresses forgotten. */
@Singleton
final class MailJobs {
  private static final Duration SEND_EACH = Duration.ofSeconds(2);
  private static final Duration DEPTH_EACH = Duration.ofSeconds(15);
  private static final Duration ERASE_EACH = Duration.ofMinutes(10);

  private final Jobs jobs;
  private final Database database;
  private final Outbox outbox;
  private final Addresses addresses;
  private final MailSender sender;
  private final MailSettings settings;
  private final MultiGauge letters;

  MailJobs(
      Jobs jobs,
      Database database,
      Outbox outbox,
      Addresses addresses,
      MailSender sender,
      MailSettings settings,
      MeterRegistry registry) {
    this.jobs = jobs;
    this.database = database;
    this.outbox = outbox;
    this.addresses = addresses;
    this.sender = sender;
    this.settings = settings;
    this.letters = MultiGauge.builder("mail_letters").register(registry);
  }

  void start(@Observes StartupEvent event) {
    if (settings.sends()) jobs.oneNode("mail.send", SEND_EACH, sender::run);
    jobs.everyNode("mail.depth", DEPTH_EACH, _ -> show(database.read(outbox::depth)));
    jobs.oneNodeLater(
        "mail.erase",
        ERASE_EACH,
        now ->
            database.change(
                tx -> {
                  addresses.erase(tx, now, settings.addressKept());
                  outbox.forget(tx, now);
                }));
  }

  private void show(Outbox.Depth now) {
    letters.register(
        List.of(
            MultiGauge.Row.of(Tags.of("state", "due"), now.due()),
            MultiGauge.Row.of(Tags.of("state", "dead"), now.dead())),
        true);
  }
}
