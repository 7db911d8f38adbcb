package urgency.mail.files;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import urgency.mail.EmailAddress;
import urgency.mail.Mail;
import urgency.mail.Post.Outcome;
import urgency.mail.Sender;

class MailFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
  private static final Sender SENDER =
      new Sender(new EmailAddress("shop@localhost"), "Lamp & Co", Optional.empty());
  private static final Mail MAIL =
      new Mail("ord_1.RECEIPT", new EmailAddress("ada@b.example"), "Receipt", "text", "<p>x</p>");

  @TempDir private Path folder;

  @Test
  void a_letter_is_a_file_that_a_mail_program_reads() throws Exception {
    var post = new MailFolder(folder.resolve("mail"), SENDER, () -> NOW);

    assertThat(post.send(MAIL)).isEqualTo(new Outcome.Sent());
    assertThat(post.send(MAIL)).isEqualTo(new Outcome.Sent());

    try (var files = Files.list(folder.resolve("mail"))) {
      assertThat(files).singleElement().asString().endsWith("ord_1.RECEIPT.eml");
    }
    try (var in = Files.newInputStream(folder.resolve("mail/ord_1.RECEIPT.eml"))) {
      var message = new MimeMessage(Session.getInstance(new Properties()), in);
      assertThat(message.getSubject()).isEqualTo("Receipt");
      assertThat(message.getAllRecipients()[0]).hasToString("ada@b.example");
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_tried_again() throws Exception {
    var file = Files.createFile(folder.resolve("in-the-way"));

    assertThat(new MailFolder(file, SENDER, () -> NOW).send(MAIL))
        .isInstanceOf(Outcome.NotNow.class);
  }
}
