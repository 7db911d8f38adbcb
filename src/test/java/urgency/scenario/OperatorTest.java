package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.operators.Links;

/** The operator's way in, driven from outside on the built shop. */
class OperatorTest {
  private static final Pattern LINK = Pattern.compile("/admin/setup\\?token=([\\w-]{43})");
  private static final String PASSWORD = "a lamp that hums";

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of("URGENCY_HTTP_BEHIND_PROXY", "true"));
  }

  @BeforeEach
  void as_if_there_had_never_been_an_owner() {
    run("truncate operators.operator, operators.session, operators.attempt, operators.link");
  }

  @AfterEach
  void nothing_failed() {
    assertThat(shop.log()).doesNotContain("failed (");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void the_owner_sets_a_password_once_signs_out_and_in_again() {
    shop.kill();
    shop.restart();
    var token = printed();
    assertThat(shop.get("/admin/setup?token=" + token).body()).contains("Set the owner");

    var inside = session(setUp(token, "Owner", PASSWORD));
    assertThat(shop.get("/admin", inside).body()).contains("owner set");
    assertThat(setUp(token, "Thief", "another long one").statusCode()).isEqualTo(410);

    assertThat(shop.form("/admin/sign-out", "", inside).statusCode()).isEqualTo(303);
    assertThat(shop.get("/admin", inside).statusCode()).isEqualTo(303);

    var first = session(signIn("owner", PASSWORD));
    var second =
        session(shop.form("/admin/sign-in", "name=Owner&password=" + coded(PASSWORD), first));
    assertThat(second[1]).isNotEqualTo(first[1]);
    assertThat(shop.get("/admin", first).statusCode()).isEqualTo(303);
    assertThat(shop.get("/admin", second).statusCode()).isEqualTo(200);

    shop.kill();
    shop.restart();
    assertThat(LINK.matcher(shop.log()).find()).isFalse();
    assertThat(shop.get("/admin", second).statusCode()).isEqualTo(200);
  }

  @Test
  void a_link_that_was_printed_earlier_is_dead_once_another_was_used() {
    setUp(link(), "Owner", PASSWORD);
    var earlier = link(Links.Purpose.RESET);
    var later = link(Links.Purpose.RESET);

    assertThat(setUp(later, "Owner", "a lamp that sings").statusCode()).isEqualTo(303);
    assertThat(setUp(earlier, "Thief", "a lamp that steals").statusCode()).isEqualTo(410);
    assertThat(signIn("Owner", "a lamp that sings").statusCode()).isEqualTo(303);
  }

  @Test
  void every_address_of_the_operator_is_shut_without_a_session() {
    var routes = routes();
    assertThat(routes).containsKeys("GET /admin", "POST /admin/sign-out");
    var inside = setUp(link(), "Owner", PASSWORD);
    var forged = "shelf_operator=" + "A".repeat(43);

    for (var cookie : new String[] {"x=y", forged, "shelf_operator=", "shelf_operator=%00"}) {
      routes.forEach(
          (route, path) -> {
            var answer =
                route.startsWith("GET")
                    ? shop.get(path, "Cookie", cookie)
                    : shop.form(path, "a=b", "Cookie", cookie);
            assertThat(answer.statusCode()).as(route).isIn(303, 401);
            assertThat(answer.headers().firstValue("Location").orElse("/admin/sign-in"))
                .endsWith("/admin/sign-in");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
          });
    }
    assertThat(inside.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict");
    assertThat(shop.get("/admin", session(inside)).headers().firstValue("X-Robots-Tag"))
        .contains("noindex, nofollow");
  }

  @Test
  void a_session_that_is_idle_too_long_or_too_old_is_over() {
    var inside = session(setUp(link(), "Owner", PASSWORD));
    run("update operators.session set seen_at = seen_at - interval '12 hours 1 second'");
    assertThat(shop.get("/admin", inside).statusCode()).isEqualTo(303);

    var again = session(signIn("Owner", PASSWORD));
    run("update operators.session set began_at = began_at - interval '7 days 1 second'");
    assertThat(shop.get("/admin", again).statusCode()).isEqualTo(303);
  }

  @Test
  void guessing_must_wait_and_does_not_learn_which_of_the_two_was_wrong() {
    setUp(link(), "Owner", PASSWORD);

    var wrongName = signIn("Nobody", PASSWORD, "10.0.0.1");
    var wrongPassword = signIn("Owner", "not the password", "10.0.0.2");
    assertThat(wrongName.statusCode()).isEqualTo(401);
    assertThat(wrongPassword.body()).isEqualTo(wrongName.body());

    for (var i = 3; i < 6; i++) signIn("Owner", "guess number " + i, "10.0.0." + i);
    waitsAnHourMore();
    assertThat(signIn("Owner", PASSWORD, "10.0.0.99").statusCode()).isEqualTo(429);
    for (var i = 0; i < 3; i++) signIn("Name" + i, "a guess", "10.0.0.1");
    waitsAnHourMore();
    assertThat(signIn("Other", "a guess", "10.0.0.1").statusCode()).isEqualTo(429);

    run("update operators.attempt set wait_until = wait_until - interval '1 day'");
    assertThat(signIn("Owner", PASSWORD, "10.0.0.99").statusCode()).isEqualTo(303);
  }

  @Test
  void what_cannot_be_taken_is_refused_by_its_name_and_the_link_stays() {
    var token = link();
    for (var bad : new String[] {"short", "passwordpassword", "aaaaaaaaaaaaaa", "x".repeat(999)}) {
      var answer = setUp(token, "Owner", bad);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("password:");
    }
    for (var bad : new String[] {"", "x".repeat(61), "<b>owner", "owner\0x"}) {
      var answer = setUp(token, bad, PASSWORD);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("name:");
    }
    for (var bad : new String[] {"", "x", "A".repeat(43), "A".repeat(5_000), "\0"}) {
      assertThat(setUp(bad, "Owner", PASSWORD).statusCode()).isBetween(400, 499);
      assertThat(signIn(bad, PASSWORD).statusCode()).isBetween(400, 499);
    }
    var foreign =
        shop.form("/admin/setup", "token=" + token, "Origin", "https://elsewhere.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(setUp(token, "Owner", PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void what_operators_did_cannot_be_changed() {
    setUp(link(), "Owner", PASSWORD);

    assertThatThrownBy(() -> run("delete from operators.act")).hasMessageContaining("append-only");
    assertThatThrownBy(() -> run("update operators.act set by_name = 'x'"))
        .hasMessageContaining("append-only");
  }

  // Two seconds are soon over on a busy machine; who need not wait is not made to.
  private static void waitsAnHourMore() {
    run(
        "update operators.attempt set wait_until = wait_until + interval '1 hour'"
            + " where wait_until > last_at");
  }

  /** Every method and address under /admin that the code has, read from the code itself. */
  private static Map<String, String> routes() {
    var all = new TreeMap<String, String>();
    for (var type : types()) {
      var start = type.getAnnotation(Path.class);
      if (start == null) continue;
      for (var method : type.getDeclaredMethods()) {
        var reads = method.isAnnotationPresent(GET.class);
        if (!reads && !method.isAnnotationPresent(POST.class)) continue;
        var end = method.getAnnotation(Path.class);
        var whole = "/" + start.value() + "/" + (end == null ? "" : end.value());
        var path = whole.replaceAll("/+", "/").replaceAll("(.)/$", "$1");
        if (!path.equals("/admin") && !path.startsWith("/admin/")) continue;
        if (path.equals("/admin/setup") || path.equals("/admin/sign-in")) continue;
        var filled = path.replaceAll("\\{[^}]+}", "ord_" + "0".repeat(32));
        all.put((reads ? "GET " : "POST ") + path, filled);
      }
    }
    return all;
  }

  private static List<Class<?>> types() {
    var folder = java.nio.file.Path.of("target/classes");
    try (var files = Files.walk(folder.resolve("urgency"))) {
      var names =
          files
              .map(it -> folder.relativize(it).toString().replace('/', '.'))
              .filter(it -> it.endsWith(".class") && !it.endsWith("package-info.class"))
              .map(it -> it.substring(0, it.length() - ".class".length()))
              .toList();
      var all = new ArrayList<Class<?>>(names.size());
      for (var it : names) {
        all.add(Class.forName(it, false, OperatorTest.class.getClassLoader()));
      }
      return all;
    } catch (IOException | ClassNotFoundException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private static String printed() {
    var matcher = LINK.matcher("");
    urgency.Patience.until(
        "the link is printed",
        java.time.Duration.ofSeconds(30),
        () -> matcher.reset(shop.log()).find());
    return matcher.group(1);
  }

  private static String link() {
    return link(Links.Purpose.SETUP);
  }

  private static String link(Links.Purpose purpose) {
    var now = InstantSource.system().instant();
    return shop.database().withHandle(it -> new Links().fresh(it, purpose, now));
  }

  private static HttpResponse<String> setUp(String token, String name, String password) {
    return shop.form(
        "/admin/setup",
        "token=%s&name=%s&password=%s".formatted(coded(token), coded(name), coded(password)));
  }

  private static HttpResponse<String> signIn(String name, String password, String... address) {
    var body = "name=%s&password=%s".formatted(coded(name), coded(password));
    return address.length == 0
        ? shop.form("/admin/sign-in", body)
        : shop.form("/admin/sign-in", body, "X-Forwarded-For", address[0]);
  }

  private static String[] session(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return new String[] {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
  }

  private static void run(String sql) {
    shop.database().useHandle(it -> it.execute(sql));
  }

  private static String coded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
