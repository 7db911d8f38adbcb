package urgency.mail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.platform.settings.Settings;

/**
 * How letters leave the shop.
 *
 * @param folder where they go without a mail server
 * @param addressKept how long the address of an order's buyer is kept
 */
public record MailSettings(
    Transport transport, Path folder, Smtp smtp, Sender sender, Duration addressKept) {
  private static final EmailAddress NOBODY = new EmailAddress("shop@localhost");

  /** Which way. */
  public enum Transport {
    FOLDER,
    SMTP,
    OFF
  }

  /** What keeps the line to the mail server secret. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /**
   * A mail server.
   *
   * @param user empty for a server that asks for none
   */
  public record Smtp(String host, int port, Security security, String user, String password) {
    /** Without the password, so that settings can be logged. */
    @Override
    public String toString() {
      return "Smtp[%s:%d, %s]".formatted(host, port, security);
    }
  }

  /**
   * The settings as given.
   *
   * @param dataFolder of the shop; letters go beside its data unless told otherwise
   * @param shopName what letters say they are from
   * @param replyTo where answers go, if anywhere
   */
  public static MailSettings read(
      Settings in, Path dataFolder, String shopName, Optional<EmailAddress> replyTo) {
    var transport =
        Transport.valueOf(
            in.choice(
                    "mail.transport",
                    "folder",
                    List.of("folder", "smtp", "off"),
                    "How letters to buyers leave: as files in a folder, by SMTP, or not at all.")
                .toUpperCase(Locale.ROOT));
    var folder =
        in.text("mail.folder", "", "Where letters lie as .eml files; empty for data.folder/mail.");
    var from = in.text("mail.from", "", "Address that letters are from; needed for SMTP.");
    var smtp = smtp(in);
    var kept =
        in.duration(
            "mail.address-kept",
            Duration.ofDays(60),
            Duration.ofDays(1),
            Duration.ofDays(400),
            "How long the address of a buyer is kept for letters about the order.");
    var sender = EmailAddress.parse(from);
    if (!from.isBlank() && sender.isEmpty()) {
      in.refuse("mail.from is not an address: write it plainly, such as shop@shop.example.");
    }
    if (transport == Transport.SMTP) refuse(in, smtp, sender);
    return new MailSettings(
        transport,
        folder.isBlank() ? dataFolder.resolve("mail") : Path.of(folder),
        smtp,
        new Sender(sender.orElse(NOBODY), shopName, replyTo),
        kept);
  }

  /** Whether letters are written at all. */
  public boolean sends() {
    return transport != Transport.OFF;
  }

  private static Smtp smtp(Settings in) {
    return new Smtp(
        in.text("mail.smtp.host", "", "Mail server that takes the letters.").strip(),
        in.number("mail.smtp.port", 587, 1, 65_535, "Its port; 587 for starttls, 465 for tls."),
        Security.valueOf(
            in.choice(
                    "mail.smtp.security",
                    "starttls",
                    List.of("starttls", "tls", "none"),
                    "What keeps the line secret; none only on this machine or with no password.")
                .toUpperCase(Locale.ROOT)),
        in.text("mail.smtp.user", "", "User there; empty for none.").strip(),
        in.text("mail.smtp.password", "", "Password there."));
  }

  private static void refuse(Settings in, Smtp smtp, Optional<EmailAddress> sender) {
    if (smtp.host().isEmpty()) {
      in.refuse("mail.smtp.host is missing: name the mail server, or set mail.transport=folder.");
    }
    if (sender.isEmpty()) {
      in.refuse("mail.from is missing: mail servers take no letter without a sender's address.");
    }
    var local = List.of("localhost", "127.0.0.1", "::1").contains(smtp.host());
    if (smtp.security() == Security.NONE && !smtp.user().isEmpty() && !local) {
      in.refuse(
          "mail.smtp.security is none and mail.smtp.user is set: the password would be said over an"
              + " open line. Set mail.smtp.security to starttls or tls.");
    }
  }
}
