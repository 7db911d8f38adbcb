package urgency.words;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.EvaluatedParams;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import urgency.money.Money;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;

/**
 * What templates say by {@code t:}. {@code {t:grab_it}} and {@code {t:sold(stock.sold)}} are
 * sentences; {@code t:of} says a {@link Text}, {@code t:plain} says it without markup, and {@code
 * t:money}, {@code t:price}, {@code t:clock}, {@code t:moment}, {@code t:clock_text} and {@code
 * t:number} write a value. {@code t:tag}, {@code t:direction} and {@code t:suffix} are about the
 * language itself, {@code t:island} is for scripts.
 */
@EngineConfiguration
public final class TemplateWords implements NamespaceResolver {
  /** Names that are no sentences. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "of",
          "plain",
          "money",
          "price",
          "clock",
          "clock_text",
          "moment",
          "number",
          "tag",
          "direction",
          "suffix",
          "island");

  private static final String ATTRIBUTE = "language";

  private final Texts texts;
  private final Languages languages;
  private final Map<Language, String> islands = new ConcurrentHashMap<>();

  public TemplateWords(Texts texts, Languages languages) {
    this.texts = texts;
    this.languages = languages;
  }

  /** The page in one language. */
  public static String render(TemplateInstance page, Language language) {
    return page.setAttribute(ATTRIBUTE, language).render();
  }

  @Override
  public String getNamespace() {
    return "t";
  }

  @Override
  public CompletionStage<Object> resolve(EvalContext context) {
    if (!(context.getAttribute(ATTRIBUTE) instanceof Language language)) {
      throw new IllegalStateException("rendered in no language: " + context.getName());
    }
    var wording = texts.in(language);
    var count = context.getParams().size();
    if (count == 0) return CompletedStage.of(said(wording, context.getName(), List.of()));
    var params = EvaluatedParams.evaluate(context);
    return params.stage.thenApply(_ -> said(wording, context.getName(), values(params, count)));
  }

  private Object said(Wording wording, String name, List<Object> values) {
    return switch (name) {
      case "of" -> new RawString(wording.html((Text) values.getFirst()));
      case "plain" -> wording.plain((Text) values.getFirst());
      case "money" -> wording.money((Money) values.getFirst());
      case "price" -> new RawString(wording.price((Money) values.getFirst()));
      case "clock" -> new RawString(wording.clockHtml((Instant) values.getFirst()));
      case "clock_text" -> wording.clock((Instant) values.getFirst());
      case "moment" -> new RawString(wording.momentHtml((Instant) values.getFirst()));
      case "number" -> wording.number(((Number) values.getFirst()).longValue());
      case "tag" -> wording.language().tag();
      case "direction" -> wording.language().direction();
      case "suffix" -> languages.suffix(wording.language());
      case "island" ->
          new RawString(islands.computeIfAbsent(wording.language(), _ -> Island.of(wording)));
      default -> new RawString(wording.html(new Text(name, values)));
    };
  }

  private static List<Object> values(EvaluatedParams params, int count) {
    var values = new ArrayList<Object>(count);
    try {
      for (var i = 0; i < count; i++) values.add(params.getResult(i));
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a value cannot be computed", broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return values;
  }
}
