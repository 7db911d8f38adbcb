package urgency.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.CatalogSettings;
import urgency.judging.JudgeSettings;
import urgency.live.LiveSettings;
import urgency.mail.EmailAddress;
import urgency.mail.MailSettings;
import urgency.mail.Seller;
import urgency.orders.OrderSettings;
import urgency.payments.PaymentSettings;
import urgency.platform.http.HttpSettings;
import urgency.platform.language.LanguageSettings;
import urgency.platform.settings.Settings;
import urgency.platform.sql.DatabaseSettings;
import urgency.refunds.RefundSettings;
import urgency.scoring.ScoringSettings;
import urgency.shelf.ShelfSettings;
import urgency.trends.TrendSettings;
import urgency.withdrawals.WithdrawalSettings;

/** All settings, one record per feature. */
public record ShopSettings(
    HttpSettings http,
    LanguageSettings languages,
    DatabaseSettings database,
    CatalogSettings catalog,
    TrendSettings trends,
    ScoringSettings scoring,
    JudgeSettings judge,
    ShelfSettings shelf,
    OrderSettings orders,
    PaymentSettings payments,
    LiveSettings live,
    Seller seller,
    MailSettings mail,
    RefundSettings refunds,
    WithdrawalSettings withdrawals,
    String log) {
  private static final Path FILE_BY_DEFAULT = Path.of("urgency.properties");

  /** Settings that cannot be used; the message has one line per mistake. */
  public static final class Refused extends RuntimeException {
    Refused(List<String> mistakes) {
      super(String.join("\n", mistakes));
    }
  }

  /**
   * Reads {@code URGENCY_*} variables over the file that {@code URGENCY_SETTINGS} names, or {@code
   * urgency.properties} in the working folder.
   *
   * @throws Refused when a key is unknown or a value is malformed
   */
  public static ShopSettings read(Map<String, String> environment) {
    var in = Settings.read(environment, file(environment));
    var settings = read(in);
    var mistakes = in.refuseWhatNobodyAskedFor();
    if (!mistakes.isEmpty()) throw new Refused(mistakes);
    return settings;
  }

  static ShopSettings read(Settings in) {
    var payments = PaymentSettings.read(in);
    var shelf = ShelfSettings.read(in);
    var database = DatabaseSettings.read(in);
    var seller = Seller.read(in);
    var replyTo = EmailAddress.parse(seller.email());
    return new ShopSettings(
        HttpSettings.read(in),
        LanguageSettings.read(in),
        database,
        CatalogSettings.read(in),
        TrendSettings.read(in),
        ScoringSettings.read(in, shelf.refresh()),
        JudgeSettings.read(in, shelf.refresh()),
        shelf,
        OrderSettings.read(in, payments.live()),
        payments,
        LiveSettings.read(in),
        seller,
        MailSettings.read(in, database.folder(), seller.name(), replyTo),
        RefundSettings.read(in),
        WithdrawalSettings.read(in),
        in.choice("log.format", "text", List.of("text", "json"), "How log lines are written."));
  }

  private static Optional<Path> file(Map<String, String> environment) {
    var named = environment.get("URGENCY_SETTINGS");
    if (named != null && !named.isBlank()) return Optional.of(Path.of(named));
    return Optional.of(FILE_BY_DEFAULT).filter(Files::exists);
  }
}
