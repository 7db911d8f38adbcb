package urgency.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.mail.EmailAddress;
import urgency.mail.Mail;
import urgency.mail.MailSettings.Security;
import urgency.mail.MailSettings.Smtp;
import urgency.mail.Post;
import urgency.mail.Post.Outcome;
import urgency.mail.Sender;

/** Against a real mail server in memory. */
class SmtpPostTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
  private static final long START_MAX_MS = 30_000;
  private static final Sender SENDER =
      new Sender(
          new EmailAddress("shop@shop.example"),
          "Lamp & Café",
          Optional.of(new EmailAddress("help@shop.example")));
  private static final Mail MAIL =
      new Mail(
          "ord_1.RECEIPT",
          new EmailAddress("ada@shopper.example"),
          "Your receipt: 18,19 €",
          "It’s yours.\n.\nA line with a dot alone is no end.\n",
          "<p>It’s yours.</p>");

  private GreenMail server = server("smtp");

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void a_letter_arrives_with_both_parts_and_honest_headers() throws Exception {
    server.start();

    assertThat(post(Security.NONE, "").send(MAIL)).isEqualTo(new Outcome.Sent());

    var message = server.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Your receipt: 18,19 €");
    assertThat(message.getFrom()[0].toString()).contains("shop@shop.example");
    assertThat(message.getReplyTo()[0].toString()).isEqualTo("help@shop.example");
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getMessageID()).isEqualTo("<ord_1.RECEIPT@shop.example>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getSentDate().toInstant()).isEqualTo(NOW);
    var parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).contains("alternative");
    assertThat(text(parts.getBodyPart(0))).contains("It’s yours.", "no end");
    assertThat(parts.getBodyPart(1).getContentType()).contains("text/html");
    assertThat(text(parts.getBodyPart(1))).isEqualTo("<p>It’s yours.</p>");
  }

  @Test
  void a_server_that_is_not_there_is_tried_again() {
    server.start();
    var post = post(Security.NONE, "");
    server.stop();

    assertThat(post.send(MAIL)).isInstanceOf(Outcome.NotNow.class);
  }

  @Test
  void a_server_without_tls_gets_no_letter_and_no_password_when_tls_is_asked_for() {
    server.start();
    server.setUser("shop", "hunter2");

    assertThat(post(Security.STARTTLS, "shop").send(MAIL)).isInstanceOf(Outcome.NotNow.class);
    assertThat(post(Security.TLS, "shop").send(MAIL)).isInstanceOf(Outcome.NotNow.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_not_trusted() {
    server = server("smtps");
    server.start();

    assertThat(post(Security.TLS, "", server.getSmtps().getPort()).send(MAIL))
        .isInstanceOf(Outcome.NotNow.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_wrong_password_is_told_without_it() {
    server.start();
    server.setUser("shop@shop.example", "shop", "another");

    var outcome = post(Security.NONE, "shop").send(MAIL);

    assertThat(outcome).isInstanceOf(Outcome.NotNow.class);
    assertThat(outcome.toString()).doesNotContain("hunter2");
  }

  private static GreenMail server(String protocol) {
    var setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(START_MAX_MS);
    return new GreenMail(setup);
  }

  private Post post(Security security, String user) {
    return post(security, user, server.getSmtp().getPort());
  }

  private static Post post(Security security, String user, int port) {
    return new SmtpPost(
        new Smtp("127.0.0.1", port, security, user, user.isEmpty() ? "" : "hunter2"),
        SENDER,
        () -> NOW);
  }

  private static String text(Part part) throws Exception {
    return part.getContent().toString().replace("\r\n", "\n");
  }
}
