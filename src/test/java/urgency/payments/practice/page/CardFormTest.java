package urgency.payments.practice.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.payments.Samples;
import urgency.payments.practice.bank.TestCard;
import urgency.payments.practice.page.CardForm.Read;

class CardFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242 4242 4242 4242",
        "4242424242424242",
        "4242-4242-4242-4242",
        "3782 822463 10005",
        "4000 0025 0000 3155"
      })
  void a_test_card_is_read_however_it_is_written(String number) {
    assertThat(CardForm.card(number, "11/26", "123", Samples.NOW)).isInstanceOf(Read.Fine.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 12/34, 123, incomplete",
    "4242 4242, 12/34, 123, incomplete",
    "4242 4242 4242 4241, 12/34, 123, invalid",
    "4111 1111 1111 1111, 12/34, 123, practice",
    "4242 4242 4242 4242, '', 123, month and year",
    "4242 4242 4242 4242, 13/34, 123, no such month",
    "4242 4242 4242 4242, 10/26, 123, expired",
    "4242 4242 4242 4242, 12/34, 12, three or four digits",
    "4242 4242 4242 4242, 12/34, abc, three or four digits",
  })
  void what_is_wrong_is_said_beside_its_field(
      String number, String expiry, String code, String says) {
    var read = CardForm.card(number, expiry, code, Samples.NOW);

    assertThat(read).isInstanceOf(Read.Wrong.class);
    assertThat(read.toString()).contains(says);
  }

  @Test
  void a_number_that_might_be_somebodys_is_not_repeated() {
    var read = (Read.Wrong) CardForm.card("4111111111111111", "12/34", "", Samples.NOW);

    assertThat(read.toString()).doesNotContain("4111");
    assertThat(read.code()).isNotEmpty();
  }

  @Test
  void only_test_accounts_are_taken() {
    assertThat(CardForm.account("at61 1904 3002 3457 3201")).isInstanceOf(Read.Fine.class);
    assertThat(CardForm.account("DE02120300000000202051").toString()).contains("practice");
    assertThat(CardForm.account("DE02").toString()).contains("incomplete");
    assertThat(CardForm.account("4242424242424242").toString()).contains("incomplete");
  }

  @Test
  void a_test_number_is_shown_as_it_stands_on_the_card() {
    assertThat(TestCard.token("amex").orElseThrow().shown()).isEqualTo("3782 822463 10005");
    assertThat(TestCard.token("debitPays").orElseThrow().shown())
        .isEqualTo("AT61 1904 3002 3457 3201");
  }
}
