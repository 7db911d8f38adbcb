package urgency.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;

/** A letter as the world's mail systems want it: text and HTML, and headers that tell a machine. */
public final class Mime {
  private Mime() {}

  /**
   * The message with all its headers.
   *
   * @throws MessagingException when a part of it cannot be said in a message
   */
  public static MimeMessage message(Session session, Mail mail, Sender sender, Instant now)
      throws MessagingException {
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<%s@%s>".formatted(mail.id(), sender.domain()));
          }
        };
    message.setFrom(address(sender.from(), sender.name()));
    if (sender.replyTo().isPresent()) {
      message.setReplyTo(new InternetAddress[] {address(sender.replyTo().get(), "")});
    }
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to().text(), true));
    message.setSubject(mail.subject(), UTF_8.name());
    message.setSentDate(Date.from(now));
    message.setHeader("Auto-Submitted", "auto-generated");
    var both = new MimeMultipart("alternative");
    both.addBodyPart(part(mail.text(), "plain"));
    both.addBodyPart(part(mail.html(), "html"));
    message.setContent(both);
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String kind) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, UTF_8.name(), kind);
    return part;
  }

  private static InternetAddress address(EmailAddress address, String name)
      throws MessagingException {
    try {
      var from = new InternetAddress(address.text(), true);
      if (!name.isEmpty()) from.setPersonal(name, UTF_8.name());
      return from;
    } catch (java.io.UnsupportedEncodingException impossible) {
      throw new IllegalStateException("UTF-8 is not known", impossible);
    }
  }
}
