package urgency.storefront;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import urgency.platform.language.Language;
import urgency.platform.language.LanguageSettings;
import urgency.platform.language.Languages;
import urgency.words.Mode;
import urgency.words.TemplateWords;
import urgency.words.Texts;

/** The shop's templates without the application around them. */
final class TestPages {
  private static final Variant HTML = Variant.forContentType("text/html");

  /** Stands in for the one style that may stand in a page. */
  static final String FIRST_STYLE = "html { color: red }";

  /** Stands in for the stamped addresses. */
  public static final class Files {
    public RawString getFirstStyle() {
      return new RawString(FIRST_STYLE);
    }

    public String url(String path) {
      return path.startsWith("/") ? path : "/a/" + path;
    }

    public String site(String path) {
      return "https://shop.example" + url(path);
    }

    public String getJs() {
      return "/a/js/all.js";
    }

    public String getCss() {
      return "/a/css/all.css";
    }
  }

  /** Stands in for the categories of a catalogue. */
  public static final class Kinds {
    public List<Category> getAll() {
      return List.of(new Category("beauty", 12), new Category("garden-and-more", 3));
    }
  }

  private final Engine engine = engine();

  /** What pages know of the languages: all of them, the disguise too. */
  private static final Languages LANGUAGES =
      new Languages(new LanguageSettings(List.of(Language.values())));

  String render(String template, Object view) {
    return render(template, view, Language.ENGLISH);
  }

  String render(String template, Object view, Language language) {
    return TemplateWords.render(engine.getTemplate(template).data("view", view), language);
  }

  /** The page as those see it who want it calm. */
  String calm(String template, Object view) {
    return Mode.render(engine.getTemplate(template).data("view", view), Language.ENGLISH, true);
  }

  private static Engine engine() {
    EngineBuilder builder = Engine.builder();
    return builder
        .addDefaults()
        .addValueResolver(new ReflectionValueResolver())
        .addNamespaceResolver(
            NamespaceResolver.builder("inject")
                .resolve(
                    it ->
                        switch (it.getName()) {
                          case "languages" -> LANGUAGES;
                          case "categories" -> new Kinds();
                          default -> new Files();
                        })
                .build())
        .addNamespaceResolver(new TemplateWords(new Texts(), LANGUAGES))
        .addNamespaceResolver(new Mode())
        .addResultMapper(new HtmlEscaper(List.of("text/html")))
        .addLocator(new FromClasspath())
        .strictRendering(true)
        .build();
  }

  private static final class FromClasspath implements TemplateLocator {
    @Override
    public Optional<TemplateLocation> locate(String id) {
      var name = "/templates/" + id + (id.endsWith(".html") ? "" : ".html");
      return TestPages.class.getResource(name) == null
          ? Optional.empty()
          : Optional.of(new Found(name));
    }
  }

  private record Found(String name) implements TemplateLocator.TemplateLocation {
    @Override
    public Reader read() {
      try {
        var in = TestPages.class.getResourceAsStream(name);
        if (in == null) throw new IOException(name);
        return new InputStreamReader(in, StandardCharsets.UTF_8);
      } catch (IOException trouble) {
        throw new UncheckedIOException(trouble);
      }
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(HTML);
    }
  }
}
