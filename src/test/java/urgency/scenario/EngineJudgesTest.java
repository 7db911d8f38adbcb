package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.platform.sql.Packed;

/** What operators see of the judges of meaning, and what they decide about it. */
class EngineJudgesTest {
  private static final Pattern ROW =
      Pattern.compile("href=\"/admin/engine/products/([a-z0-9-]+)\">");

  private static Shop shop;
  private static Owner owner;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    owner = Owner.of(shop);
    Patience.until("the first rating", Duration.ofSeconds(60), () -> ROW.matcher(page("")).find());
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void a_risk_that_a_model_sees_is_approved_and_the_approval_taken_back() {
    var slug = slug();
    shop.database()
        .useHandle(
            tx ->
                tx.createUpdate(
                        """
                        insert into scoring.risk
                        select id, array['TRADEMARK', 'MEDICAL_CLAIM'], 'a-model', now()
                          from catalog.product
                         where slug = :slug
                        """)
                    .bind("slug", slug)
                    .execute());
    assertThat(page("/products/" + slug))
        .contains("Waits for you:", "a-model sees medical claim; trademark in it");

    act("approve", slug);
    assertThat(page("/products/" + slug))
        .doesNotContain("Waits for you:")
        .contains("medical claim, Owner; trademark, Owner");

    act("withdraw", slug);
    assertThat(page("/products/" + slug)).contains("Waits for you:");
  }

  @Test
  void a_call_is_shown_to_the_byte_and_as_text_whatever_it_says() {
    var id = UUID.randomUUID();
    var sent = "{\"input\":\"<script>alert(1)</script>\"}";
    shop.database()
        .useHandle(
            tx ->
                tx.createUpdate(
                        """
                        insert into judging.call (id, run, started_at, provider, model, tier,
                               prompt, items, seed, request_digest, request, response, outcome)
                        values (:id, :id, now(), 'openai', 'gpt-6-luna', 'flex', 'v1', 20, 7, '',
                               :request, :response, 'ANSWERED')
                        """)
                    .bind("id", id)
                    .bind("request", Packed.pack(sent.getBytes(StandardCharsets.UTF_8)))
                    .bind("response", Packed.pack("{}".getBytes(StandardCharsets.UTF_8)))
                    .execute());

    assertThat(page("/judges")).contains("/admin/engine/judges/" + id);
    assertThat(page("/judges/" + id))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", ">{}</pre>", "Rubric", "v1")
        .doesNotContain("<script>alert");
    for (var unknown : List.of(UUID.randomUUID().toString(), "x", "..%2f..")) {
      assertThat(owner.get("/admin/engine/judges/" + unknown).statusCode())
          .as(unknown)
          .isEqualTo(404);
    }
  }

  @Test
  void nobody_sees_a_call_without_signing_in_and_no_other_act_is_taken() {
    var path = "/admin/engine/judges/00000000-0000-0000-0000-000000000000";
    assertThat(shop.get(path).statusCode()).isEqualTo(303);
    assertThat(owner.form("/admin/engine/risks", "act=x&product=" + slug()).body()).contains("act");
  }

  private static String slug() {
    return ROW.matcher(page("")).results().skip(3).findFirst().orElseThrow().group(1);
  }

  private static String page(String path) {
    var answer = owner.get("/admin/engine" + path);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static void act(String act, String slug) {
    var answer = owner.form("/admin/engine/risks", "act=" + act + "&product=" + slug);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }
}
