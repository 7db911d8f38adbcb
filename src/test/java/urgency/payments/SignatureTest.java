package urgency.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
  private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(UTF_8);
  private static final String SECRET = "whsec_a";
  private static final String ZEROS = "0".repeat(64);

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        ",",
        "=",
        "t",
        "v1",
        "t=",
        "t,v1=00",
        "t=1,v1",
        "t=abc,v1=00",
        "t=99999999999999999999,v1=00",
        "t=-1795543200,v1=00",
        "t=1795543200.5,v1=00",
        "t=１７９５５４３２００,v1=00",
        "t=1795543200",
        "t=1795543200,v0=00",
        "t=1795543200,v1=",
        "t=1795543200,v1=zz",
        "t=1795543200,t=1795543200,v1=00",
        "v1=00",
        "T=1795543200,V1=00",
        "t=1795543200;v1=00"
      })
  void a_hostile_header_is_invalid_and_throws_nothing(String header) {
    var hostile = header == null ? null : header.replace("=00", "=" + ZEROS);

    var verdict = Signature.verify(hostile, BODY, List.of(SECRET), NOW);

    assertThat(verdict).isInstanceOf(Signature.Verdict.Invalid.class);
  }

  @Test
  void a_header_with_a_thousand_signatures_is_refused_without_comparing_them() {
    var header = "t=" + NOW.getEpochSecond() + (",v1=" + ZEROS).repeat(1_000);

    assertThat(Signature.verify(header, BODY, List.of(SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Invalid("header is too long"));
  }

  @Test
  void what_we_sign_we_accept() {
    var header = Signature.header(BODY, SECRET, NOW);

    assertThat(Signature.verify(header, BODY, List.of(SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Valid());
  }

  @Test
  void any_of_several_secrets_and_any_of_several_signatures_will_do() {
    var mine = Signature.header(BODY, SECRET, NOW).substring("t=1795543200,".length());
    var header = "t=" + NOW.getEpochSecond() + ",v0=abc,v1=" + ZEROS + "," + mine;

    assertThat(Signature.verify(header, BODY, List.of("whsec_old", SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Valid());
  }

  @Test
  void another_secret_is_refused() {
    var header = Signature.header(BODY, "whsec_b", NOW);

    assertThat(Signature.verify(header, BODY, List.of(SECRET), NOW))
        .isInstanceOf(Signature.Verdict.Invalid.class);
  }

  @Test
  void one_changed_byte_is_refused() {
    var header = Signature.header(BODY, SECRET, NOW);

    assertThat(Signature.verify(header, "{\"id\":\"evt_2\"}".getBytes(UTF_8), List.of(SECRET), NOW))
        .isInstanceOf(Signature.Verdict.Invalid.class);
  }

  @Test
  void without_any_secret_nothing_is_valid() {
    var header = Signature.header(BODY, SECRET, NOW);

    assertThat(Signature.verify(header, BODY, List.of(), NOW))
        .isInstanceOf(Signature.Verdict.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-300, 300})
  void five_minutes_either_way_are_accepted(int seconds) {
    var header = Signature.header(BODY, SECRET, NOW.plusSeconds(seconds));

    assertThat(Signature.verify(header, BODY, List.of(SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Valid());
  }

  @ParameterizedTest
  @ValueSource(ints = {-301, 301, 86_400})
  void a_second_more_is_refused_in_the_past_and_in_the_future(int seconds) {
    var header = Signature.header(BODY, SECRET, NOW.plusSeconds(seconds));

    assertThat(Signature.verify(header, BODY, List.of(SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Invalid("timestamp is too far from now"));
  }

  @Test
  void stripes_own_library_accepts_what_we_sign() {
    var now = Instant.ofEpochMilli(System.currentTimeMillis());
    var header = Signature.header(BODY, SECRET, now);

    assertThatCode(
            () ->
                Webhook.Signature.verifyHeader(
                    new String(BODY, UTF_8), header, SECRET, Duration.ofMinutes(5).toSeconds()))
        .doesNotThrowAnyException();
  }

  @Test
  void we_accept_what_stripes_own_library_signs() throws Exception {
    var timestamp = NOW.getEpochSecond();
    var signed = Webhook.Util.computeHmacSha256(SECRET, timestamp + "." + new String(BODY, UTF_8));

    assertThat(Signature.verify("t=" + timestamp + ",v1=" + signed, BODY, List.of(SECRET), NOW))
        .isEqualTo(new Signature.Verdict.Valid());
  }
}
