package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.push.PushSignature;

/**
 * The built shop and its trends: asked by one node of several, brought over HTTP, never too large.
 */
class TrendSourcesTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Pattern LINK = Pattern.compile("/admin/setup\\?token=([\\w-]{43})");
  private static final String PATH = "/api/v1/trends/observations";

  @Test
  void two_nodes_ask_a_source_once_and_say_on_what_footing() {
    try (var tiktok = new FakeTikTok(0);
        var one = Shop.open(creativeCenter(tiktok));
        var other = one.sibling()) {
      Patience.until(
          "both questions were asked", Duration.ofSeconds(60), () -> tiktok.asked().size() >= 2);

      Patience.until(
          "the answer is kept", Duration.ofSeconds(60), () -> answers(one.database()) == 1);

      assertThat(tiktok.asked()).hasSize(2);
      assertThat(one.log()).contains("public and undocumented, not offered by TikTok's terms");
      assertThat(other.log()).contains("is open at");
    }
  }

  @Test
  void a_list_that_is_brought_is_taken_once_and_a_large_one_is_refused() {
    try (var shop = Shop.open(Map.of("URGENCY_TRENDS_PUSH_SECRET", SECRET))) {
      var yesterday = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).minusDays(1);
      var list =
          """
          {"source": "my-list", "region": "US", "asOf": "%s", "observations": [
            {"name": "#lipoil", "views": 1200000, "daily": [1, 2, 3]}]}
          """
              .formatted(yesterday)
              .getBytes(StandardCharsets.UTF_8);

      var first = push(shop, list, "one");
      var again = push(shop, list, "one");
      var large = push(shop, new byte[50 * 1024 * 1024], "two");

      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(large.body()).contains("at most 2097152 bytes");
    }
  }

  @Test
  void a_list_of_an_earlier_day_is_refused_where_an_operator_and_an_alarm_see_it() {
    try (var shop = Shop.open(Map.of("URGENCY_TRENDS_PUSH_SECRET", SECRET))) {
      var today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
      var list =
          """
          {"source": "my-list", "region": "US", "asOf": "%s", "observations": [
            {"name": "#lipoil", "views": 1200000, "daily": [1, 2, 3]}]}
          """;
      var bytes = StandardCharsets.UTF_8;
      var first = push(shop, list.formatted(today.minusDays(1)).getBytes(bytes), "one");
      var older = push(shop, list.formatted(today.minusDays(9)).getBytes(bytes), "two");

      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(older.statusCode()).as(older.body()).isEqualTo(422);
      assertThat(older.body()).contains("time goes backwards", today.minusDays(1).toString());
      var inside = signedIn(shop);
      assertThat(shop.get("/admin/engine/sources", inside).body())
          .contains("push.my-list", "Drift", "Refused deliveries", "http two")
          .contains("time goes backwards: its data end on " + today.minusDays(9));
      assertThat(shop.get("/admin", inside).body())
          .contains("data-tone=\"care\"><a href=\"/admin/engine/sources\"><b>1</b> trend sources");
      Patience.until(
          "the figures are read",
          Duration.ofSeconds(90),
          () ->
              shop.management("/metrics")
                  .body()
                  .contains(
                      "trend_source_drift{days=\"7\",region=\"US\",source=\"push.my-list\"} 1.0"));
    }
  }

  private static String[] signedIn(Shop shop) {
    var link = LINK.matcher("");
    Patience.until(
        "the link is printed", Duration.ofSeconds(60), () -> link.reset(shop.log()).find());
    var form = "token=%s&name=Owner&password=%s".formatted(link.group(1), SECRET);
    var cookie = shop.form("/admin/setup", form).headers().firstValue("Set-Cookie").orElseThrow();
    return new String[] {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
  }

  private static int answers(Jdbi database) {
    var sql =
        """
        select count(*)
          from trends.source_state
         where source = 'creative-center' and result = 'Fresh'
        """;
    return database.withHandle(it -> it.createQuery(sql).mapTo(Integer.class).one());
  }

  private static java.net.http.HttpResponse<String> push(Shop shop, byte[] body, String key) {
    return shop.send(
        shop.request(
                PATH,
                PushSignature.HEADER,
                PushSignature.header(body, SECRET, Instant.now()),
                "Idempotency-Key",
                key)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static Map<String, String> creativeCenter(FakeTikTok tiktok) {
    return Map.of(
        "URGENCY_TRENDS_CREATIVE_CENTER_ENABLED", "true",
        "URGENCY_TRENDS_CREATIVE_CENTER_ACCEPT_UNDOCUMENTED", "true",
        "URGENCY_TRENDS_CREATIVE_CENTER_INDUSTRIES", "18",
        "URGENCY_TRENDS_CREATIVE_CENTER_INTERVAL", "1ms",
        "URGENCY_TRENDS_CREATIVE_CENTER_BASE_URL", tiktok.address().toString());
  }
}
