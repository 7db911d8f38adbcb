package urgency.platform.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many modules become one script that means the same. */
class ModulesTest {
  @Test
  void an_import_becomes_a_need_and_an_export_becomes_an_answer() {
    var joined =
        joined(
            "main",
            "import { say } from \"./word.js\";\nimport \"./word.js\";\nsay(1);\n",
            "word",
            "export const say = (it) => it;\nexport async function ask() {}\n");

    assertThat(joined)
        .contains("const { say } = need(\"word\");need(\"word\");say(1);")
        .contains("const say = (it) => it;async function ask() {}\nreturn { say, ask };")
        .endsWith("need(\"main\");\nexport { need };\n");
  }

  @Test
  void a_module_that_nobody_asks_for_stays_out() {
    assertThat(joined("main", "go();\n", "alone", "let it = 1;\n")).doesNotContain("alone");
  }

  @Test
  void a_module_that_is_wanted_later_runs_later() {
    var joined =
        joined("main", "const go = () => import(\"./late.js\");\n", "late", "let it = 1;\n");

    assertThat(joined).contains("const go = () => need(\"late\");");
  }

  @Test
  void a_module_that_exports_nothing_is_kept_too_and_so_runs_once() {
    assertThat(joined("main", "go();\n")).contains("ready[name] ??= modules[name]() ?? {}");
  }

  @Test
  void comments_stay_at_home_and_what_stands_below_them_comes_along() {
    var said = "/**\n * Long words.\n */\n  // Why.\n";
    var joined = joined("main", said + "const a = /** @type {any} */ (b);\n// End.\na();\n");

    assertThat(joined)
        .contains("const a = (b);a();")
        .doesNotContain("words", "Why", "End", "@type");
  }

  @Test
  void an_import_of_nothing_and_a_form_that_is_not_known_stop_the_start() {
    assertThatThrownBy(() -> joined("main", "import \"./gone.js\";\n"))
        .hasMessage("main.js imports ./gone.js, which is not there");
    assertThatThrownBy(() -> joined("main", "export default 1;\n"))
        .hasMessage("main.js cannot be joined: export default 1;");
    assertThatThrownBy(() -> joined("main", "go(); // And then?\nstop();\n"))
        .hasMessage("main.js cannot be joined: ; // And then?");
  }

  @Test
  void modules_of_a_folder_share_what_every_page_has() {
    var files = new HashMap<String, byte[]>();
    files.put("js/page.js", "export const say = 1;\n".getBytes(StandardCharsets.UTF_8));
    files.put("js/main.js", "import \"./page.js\";\n".getBytes(StandardCharsets.UTF_8));
    var main = "import { say } from \"../page.js\";\n";
    files.put("js/purchase/main.js", main.getBytes(StandardCharsets.UTF_8));

    var joined = Modules.joined(files, "js/purchase/");

    assertThat(joined)
        .startsWith("import { need as shared } from \"../all.js\";\n")
        .contains("const { say } = shared(\"page\");")
        .doesNotContain("export", "\"page\"()");
  }

  @Test
  void the_shops_own_modules_can_be_joined() throws IOException {
    var files = new HashMap<String, byte[]>();
    try (var list = Files.list(Path.of("src/main/web/js"))) {
      list.filter(Files::isRegularFile)
          .forEach(it -> files.put("js/" + it.getFileName(), read(it)));
    }

    assertThat(Modules.joined(files, "js/"))
        .contains("\"heartbeat\"() {")
        .doesNotContain("import ");
  }

  private static String joined(String... namesAndTexts) {
    var files = new HashMap<String, byte[]>(Map.of());
    for (var i = 0; i < namesAndTexts.length; i += 2) {
      var bytes = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
      files.put("js/" + namesAndTexts[i] + ".js", bytes);
    }
    return Modules.joined(files, "js/");
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
