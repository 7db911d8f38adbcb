package urgency.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;

class MailTest {
  @Test
  void an_address_is_one_address_and_nothing_else() {
    for (var bad : HostileMail.ADDRESSES) {
      assertThat(EmailAddress.parse(bad)).as(bad).isEmpty();
    }
    for (var good : List.of("ada@b.example", "a.d+a@b-c.example", "x@localhost", "O'Neil@b.ie")) {
      assertThat(EmailAddress.parse(" " + good + " ").orElseThrow().text()).isEqualTo(good);
    }
    assertThat(new EmailAddress("lovelace@b.example").masked()).isEqualTo("l…@b.example");
  }

  @Property
  void whatever_passes_for_an_address_has_no_second_line_and_no_second_address(
      @ForAll String text) {
    EmailAddress.parse(text)
        .ifPresent(
            it -> assertThat(it.text()).doesNotContainAnyWhitespaces().doesNotContain(",", ";"));
  }

  @Test
  void a_subject_and_a_sender_are_one_line() {
    for (var bad : HostileMail.LINES) {
      assertThatThrownBy(() -> new Mail("id", MailWorld.ADA, bad, "", ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Sender(MailWorld.ADA, bad, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Mail("a\r\nb", MailWorld.ADA, "s", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_mail_server_that_cannot_be_used_is_refused_with_its_remedy() {
    assertThat(mistakes(Map.of("URGENCY_MAIL_TRANSPORT", "smtp")))
        .anyMatch(it -> it.contains("mail.smtp.host is missing"))
        .anyMatch(it -> it.contains("mail.from is missing"));
    assertThat(mistakes(Map.of("URGENCY_MAIL_FROM", "shop@b.example\nBcc: x@y.example")))
        .anyMatch(it -> it.contains("mail.from is not an address"));
    assertThat(
            mistakes(
                Map.of(
                    "URGENCY_MAIL_TRANSPORT", "smtp",
                    "URGENCY_MAIL_FROM", "shop@b.example",
                    "URGENCY_MAIL_SMTP_HOST", "mail.b.example",
                    "URGENCY_MAIL_SMTP_SECURITY", "none",
                    "URGENCY_MAIL_SMTP_USER", "shop",
                    "URGENCY_MAIL_SMTP_PASSWORD", "hunter2")))
        .anyMatch(it -> it.contains("open line"))
        .noneMatch(it -> it.contains("hunter2"));
  }

  @Test
  void settings_can_be_logged_without_the_password() {
    var smtp =
        new MailSettings.Smtp("mail.b.example", 587, MailSettings.Security.TLS, "u", "hunter2");

    assertThat(smtp.toString()).doesNotContain("hunter2");
    assertThat(MailWorld.settings(MailSettings.Transport.FOLDER).addressKept())
        .isEqualTo(Duration.ofDays(60));
  }

  private static List<String> mistakes(Map<String, String> environment) {
    var in = Settings.read(environment, Optional.empty());
    MailSettings.read(in, java.nio.file.Path.of("data"), "Shop", Optional.empty());
    return in.refuseWhatNobodyAskedFor();
  }
}
