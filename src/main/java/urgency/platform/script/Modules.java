package urgency.platform.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The browser modules of a folder as one script, so that a phone asks once and the whole compresses
 * well; see docs/adr/0043. Each module becomes a function that runs when it is first needed.
 *
 * <p>Modules in {@code js/} go to every page; those in a folder below belong to some pages and may
 * import from {@code js/}. Only the forms of import and export that we use are known; any other
 * stops the start, and so does the name of a module that is not there. What {@code main.js} does
 * not lead to stays out.
 */
public final class Modules {
  /** Where the modules of every page are. */
  public static final String FOLDER = "js/";

  /** What the one script of a folder is called. */
  public static final String JOINED = "all.js";

  /** Comments that tell people and the type checker something; a browser needs neither. */
  public static final Pattern COMMENT = Pattern.compile("(?m)/\\*\\*[\\s\\S]*?\\*/ ?|^ *//.*$");

  private static final Pattern BLANK = Pattern.compile("(?m)^\\s+");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:(\\{[^}]*}) from )?\"(\\.{1,2}/[a-z-]+\\.js)\";$");
  private static final Pattern LATER = Pattern.compile("\\bimport\\(\"(\\./[a-z-]+\\.js)\"\\)");
  private static final Pattern NEIGHBOUR = Pattern.compile("\"\\./([a-z-]+)\\.js\"");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?=(?:async )?(?:function|class|const|let) (\\w+))");

  /** Also a comment behind code, which would hide what follows once lines are joined. */
  private static final Pattern LEFT_OVER =
      Pattern.compile("(?m)^(?:import|export)\\b.*$|[;{,(] *//.*$");

  private static final Pattern LINE_END = Pattern.compile("(?<=[;{,(])\\n");
  private static final String LOADER =
      """
      const ready = {};
      const need = (name) => (ready[name] ??= modules[name]() ?? {});
      const modules = {
      """;

  private final Map<String, byte[]> files;
  private final String folder;
  private final List<String> names;

  private Modules(Map<String, byte[]> files, String folder) {
    this.files = files;
    this.folder = folder;
    this.names = reached(files, folder);
  }

  /**
   * One script of the modules of a folder; its {@code main.js} runs at once.
   *
   * @param folder {@code js/}, or a folder directly below it
   */
  public static String joined(Map<String, byte[]> files, String folder) {
    var top = folder.equals(FOLDER);
    var all = new Modules(files, folder);
    return all.names.stream()
        .map(all::module)
        .collect(
            Collectors.joining(
                ",\n",
                (top ? "" : "import { need as shared } from \"../" + JOINED + "\";\n") + LOADER,
                "\n};\nneed(\"main\");\n" + (top ? "export { need };\n" : "")));
  }

  /** What {@code main.js} imports, and what that imports, now or later; by name. */
  private static List<String> reached(Map<String, byte[]> files, String folder) {
    var names = named(files, folder);
    var reached = new TreeSet<String>();
    var waiting = new ArrayDeque<>(List.of("main"));
    while (!waiting.isEmpty()) {
      var name = waiting.pop();
      if (!names.contains(name) || !reached.add(name)) continue;
      var text = new String(files.get(folder + name + ".js"), StandardCharsets.UTF_8);
      NEIGHBOUR.matcher(text).results().forEach(it -> waiting.push(it.group(1)));
    }
    return List.copyOf(reached);
  }

  private static List<String> named(Map<String, byte[]> files, String folder) {
    return files.keySet().stream()
        .filter(it -> it.startsWith(folder) && it.endsWith(".js"))
        .map(it -> it.substring(folder.length(), it.length() - ".js".length()))
        .filter(it -> !it.contains("/"))
        .sorted()
        .toList();
  }

  private String module(String name) {
    var text = new String(files.get(folder + name + ".js"), StandardCharsets.UTF_8);
    var body = BLANK.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
    var exported = new ArrayList<String>();
    EXPORT.matcher(body).results().forEach(it -> exported.add(it.group(1)));
    body = EXPORT.matcher(body).replaceAll("");
    body = IMPORT.matcher(body).replaceAll(it -> imported(name, it));
    body = LATER.matcher(body).replaceAll(it -> need(name, it.group(1)));
    var strange = LEFT_OVER.matcher(body);
    if (strange.find()) {
      throw new IllegalStateException(name + ".js cannot be joined: " + strange.group());
    }
    body = LINE_END.matcher(body).replaceAll("");
    var answer = exported.isEmpty() ? "" : "return { " + String.join(", ", exported) + " };\n";
    return "\"%s\"() {\n%s%s}".formatted(name, body, answer);
  }

  private String imported(String by, MatchResult found) {
    var need = need(by, found.group(2));
    return found.group(1) == null ? need + ";" : "const " + found.group(1) + " = " + need + ";";
  }

  private String need(String by, String path) {
    var outside = path.startsWith("../");
    var wanted = path.substring(path.indexOf('/') + 1, path.length() - ".js".length());
    if (!(outside ? reached(files, FOLDER) : names).contains(wanted)) {
      throw new IllegalStateException(by + ".js imports " + path + ", which is not there");
    }
    return (outside ? "shared" : "need") + "(\"" + wanted + "\")";
  }
}
