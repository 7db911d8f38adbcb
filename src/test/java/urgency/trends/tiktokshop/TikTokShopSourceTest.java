package urgency.trends.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.OfficialSettings.Shop;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Price;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Fault;
import urgency.trends.fake.Shape;
import urgency.trends.wire.Reply;

class TikTokShopSourceTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final Pace PACE =
      new Pace(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(20));

  private final FakeTikTok tiktok = new FakeTikTok(0);
  private final Database database = TestDatabase.fresh();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @AfterEach
  void close() {
    tiktok.close();
    database.close();
  }

  @Test
  void a_product_is_read_with_units_and_price_but_without_its_shop() throws InterruptedException {
    var fresh = (FetchResult.Fresh) source("", 1).fetch(request("US"));

    var row = fresh.rows().getFirst();
    assertThat(row.kind()).isEqualTo(Kind.PRODUCT);
    assertThat(row.externalId()).isEqualTo("1729000000000000001");
    assertThat(row.displayName()).isEqualTo("Example Mini Blender");
    assertThat(row.detail().unitsSold()).isEqualTo(OptionalLong.of(1532));
    assertThat(row.detail().price()).contains(new Price(1999, 2499, "USD"));
    assertThat(row.detail().categories()).containsExactly("Kitchenware", "Example Leaf");
    assertThat(row.curve()).isEmpty();
  }

  @Test
  void pages_are_followed_and_bounded() throws InterruptedException {
    var _ = source("", 5).fetch(request("US"));

    // The fake hands out the same token for ever; the second time it is recognised.
    assertThat(tiktok.asked()).hasSize(2);
    assertThat(tiktok.asked().getLast().query()).contains("page_token=EXAMPLETOKEN");
  }

  @Test
  void what_was_signed_is_what_was_sent() throws InterruptedException {
    var _ = source("", 1).fetch(request("US"));

    var asked = tiktok.asked().getFirst();
    var parameters = new TreeMap<String, String>();
    for (var pair : asked.query().split("&", -1)) {
      parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    var sign = parameters.remove("sign");
    var body = asked.body().getBytes(StandardCharsets.UTF_8);
    assertThat(sign).isEqualTo(Signed.sign(asked.path(), parameters, body, "secret"));
    assertThat(asked.path())
        .isEqualTo("/affiliate_creator/202405/open_collaborations/products/search");
    assertThat(asked.token()).isEqualTo("token");
    assertThat(parameters)
        .containsEntry("app_key", "key")
        .containsEntry("timestamp", Long.toString(NOW.getEpochSecond()));
  }

  @Test
  void a_seller_names_the_shop() throws InterruptedException {
    var _ = source("a-cipher", 1).fetch(request("US"));

    assertThat(tiktok.asked().getFirst().path()).startsWith("/affiliate_seller/202405/");
    assertThat(tiktok.asked().getFirst().query()).contains("shop_cipher=a-cipher");
  }

  @Test
  void a_wrong_signature_is_refused_with_its_code() throws InterruptedException {
    tiktok.otherwise(Fault.UNAUTHORIZED);

    assertThat(source("", 1).fetch(request("US")))
        .isEqualTo(new FetchResult.Refused("http 401", "106001 sign"));
  }

  @Test
  void products_of_other_countries_are_left_out() {
    var answer = ProductAnswer.read(request("GB"), Reply.stored(Shape.PRODUCTS.bytes(), NOW));

    assertThat(answer.result()).isInstanceOf(FetchResult.Empty.class);
  }

  @Test
  void a_version_that_was_switched_off_is_told_as_retired() {
    var body = "{\"code\":36009003,\"message\":\"The API version is sunset\"}";

    assertThat(
            ProductAnswer.read(
                    request("US"), Reply.stored(body.getBytes(StandardCharsets.UTF_8), NOW))
                .result())
        .isInstanceOf(FetchResult.Retired.class);
  }

  @Test
  void a_token_that_ends_is_exchanged_a_day_before_and_both_are_kept() throws InterruptedException {
    kept(NOW.plus(Duration.ofHours(23)), "older", "older-ticket");

    assertThat(renewing("a-ticket").fetch(request("US"))).isInstanceOf(FetchResult.Fresh.class);

    assertThat(tiktok.asked())
        .extracting(FakeTikTok.Asked::path)
        .hasSize(2)
        .first()
        .isEqualTo("/api/v2/token/refresh");
    assertThat(tiktok.asked().getFirst().query())
        .isEqualTo(
            "app_key=key&app_secret=secret&refresh_token=older-ticket&grant_type=refresh_token");
    assertThat(tiktok.asked().getLast().token()).isEqualTo("renewed-token");
    assertThat(tokens().find("tiktok-shop", "a-ticket", "secret"))
        .hasValueSatisfying(it -> assertThat(it.refresh()).isEqualTo("next-refresh-token"));
    // The next question, and a shop that was started again, use what was kept.
    var _ = renewing("a-ticket").fetch(request("US"));
    assertThat(tiktok.asked()).hasSize(3);
  }

  @Test
  void a_token_of_the_settings_is_used_until_tiktok_says_that_it_has_ended()
      throws InterruptedException {
    var source = renewing("a-ticket", "first-token");
    assertThat(source.fetch(request("US"))).isInstanceOf(FetchResult.Fresh.class);
    assertThat(tiktok.asked()).hasSize(1);

    tiktok.next(Fault.REFUSED_IN_200);
    assertThat(source.fetch(request("US"))).isInstanceOf(FetchResult.Fresh.class);

    assertThat(tiktok.asked().getLast().token()).isEqualTo("renewed-token");
    assertThat(tiktok.asked()).hasSize(4);
  }

  @Test
  void a_renewal_that_fails_leaves_the_old_token_in_use_while_it_is_good()
      throws InterruptedException {
    kept(NOW.plus(Duration.ofHours(3)), "older", "older-ticket");
    tiktok.next(Fault.BROKEN, Fault.BROKEN, Fault.BROKEN);

    assertThat(renewing("a-ticket").fetch(request("US"))).isInstanceOf(FetchResult.Fresh.class);
    assertThat(tiktok.asked().getLast().token()).isEqualTo("older");

    now.set(NOW.plus(Duration.ofHours(4)));
    tiktok.next(Fault.REFUSED_IN_200);
    assertThat(renewing("a-ticket").fetch(request("US"))).isInstanceOf(FetchResult.Refused.class);
  }

  @Test
  void a_wrong_signature_is_no_reason_for_a_new_token() throws InterruptedException {
    tiktok.otherwise(Fault.UNAUTHORIZED);

    assertThat(renewing("a-ticket", "token").fetch(request("US")))
        .isEqualTo(new FetchResult.Refused("http 401", "106001 sign"));
    assertThat(tiktok.asked()).hasSize(1);
  }

  @Test
  void a_copy_of_the_database_is_no_key() throws InterruptedException {
    var _ = renewing("a-ticket").fetch(request("US"));

    var rows =
        database.<List<byte[]>>read(
            tx -> tx.createQuery("select sealed from trends.token").mapTo(byte[].class).list());
    assertThat(new String(rows.getFirst(), StandardCharsets.ISO_8859_1)).doesNotContain("renewed");
    assertThat(tokens().find("tiktok-shop", "a-ticket", "another secret")).isEmpty();
    assertThat(tokens().find("tiktok-shop", "another ticket", "secret")).isEmpty();
  }

  private void kept(Instant until, String access, String refresh) {
    var token = new KeptTokens.Token(access, until, refresh);
    tokens().keep("tiktok-shop", "a-ticket", "secret", token, NOW);
  }

  private KeptTokens tokens() {
    return new KeptTokens(database);
  }

  private TikTokShopSource renewing(String refresh) {
    return renewing(refresh, "");
  }

  private TikTokShopSource renewing(String refresh, String token) {
    return source("", 1, token, refresh);
  }

  private TikTokShopSource source(String cipher, int pages) {
    return source(cipher, pages, "token", "");
  }

  private TikTokShopSource source(String cipher, int pages, String token, String refresh) {
    var settings =
        new Shop(
            tiktok.address(),
            "key",
            "secret",
            token,
            tiktok.address(),
            refresh,
            cipher,
            "202405",
            List.of(),
            pages,
            PACE);
    return new TikTokShopSource(settings, tokens(), Duration.ofHours(6), now::get, _ -> {});
  }

  private FetchRequest request(String region) {
    return new FetchRequest(
        region, 7, now.get(), now.get().plusSeconds(600), Optional.empty(), Budget.UNLIMITED);
  }
}
