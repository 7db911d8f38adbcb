package urgency.mail.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import urgency.mail.Mail;
import urgency.mail.MailSettings;
import urgency.mail.Mime;
import urgency.mail.Post;
import urgency.mail.Sender;

/**
 * Gives each letter to a mail server. A connection is opened for it and closed again: letters are
 * few, and a connection that waits is one that has died.
 */
public final class SmtpPost implements Post {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  // RFC 5321: what begins with 5 is final, what begins with 4 may pass.
  private static final int FINAL = 500;

  private final MailSettings.Smtp settings;
  private final Sender sender;
  private final Session session;
  private final InstantSource clock;

  public SmtpPost(MailSettings.Smtp settings, Sender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
    this.session = Session.getInstance(properties(settings));
  }

  @Override
  public Outcome send(Mail mail) {
    try (var transport = session.getTransport("smtp")) {
      var message = Mime.message(session, mail, sender, clock.instant());
      if (settings.user().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
      }
      transport.sendMessage(message, message.getAllRecipients());
      return new Outcome.Sent();
    } catch (AuthenticationFailedException refused) {
      return new Outcome.NotNow("the mail server does not take the user and password");
    } catch (SendFailedException failed) {
      return code(failed) >= FINAL
          ? new Outcome.Refused("the mail server refused the letter: " + code(failed))
          : new Outcome.NotNow("the mail server did not take the letter: " + code(failed));
    } catch (MessagingException trouble) {
      return new Outcome.NotNow("the mail server: " + told(trouble));
    }
  }

  private static int code(SendFailedException failed) {
    for (Exception it = failed; it instanceof MessagingException one; it = one.getNextException()) {
      if (it instanceof SMTPAddressFailedException address) return address.getReturnCode();
      if (it instanceof SMTPSendFailedException send) return send.getReturnCode();
    }
    return 0;
  }

  // A server's sentence may quote the address.
  private static String told(MessagingException trouble) {
    var cause = trouble.getNextException();
    var kind = trouble.getClass().getSimpleName();
    return cause == null ? kind : kind + ", " + cause.getClass().getSimpleName();
  }

  private static Properties properties(MailSettings.Smtp it) {
    var all = new Properties();
    all.put("mail.smtp.host", it.host());
    all.put("mail.smtp.port", Integer.toString(it.port()));
    all.put("mail.smtp.connectiontimeout", Long.toString(CONNECT_MAX.toMillis()));
    all.put("mail.smtp.timeout", Long.toString(ANSWER_MAX.toMillis()));
    all.put("mail.smtp.writetimeout", Long.toString(ANSWER_MAX.toMillis()));
    all.put("mail.smtp.auth", Boolean.toString(!it.user().isEmpty()));
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    all.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    switch (it.security()) {
      case STARTTLS -> {
        all.put("mail.smtp.starttls.enable", "true");
        all.put("mail.smtp.starttls.required", "true");
      }
      case TLS -> all.put("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    return all;
  }
}
