package urgency.words;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionStage;
import urgency.platform.language.Calm;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;

/**
 * What templates ask by {@code mode:}. {@code mode:calm} is whether the page is written without
 * countdowns, motion and audience; everything else about it is the same.
 */
@EngineConfiguration
public final class Mode implements NamespaceResolver {
  private static final String CALM = "calm";

  @Override
  public String getNamespace() {
    return "mode";
  }

  @Override
  public CompletionStage<Object> resolve(EvalContext context) {
    if (!context.getName().equals(CALM)) {
      throw new IllegalStateException("no such mode: " + context.getName());
    }
    return CompletedStage.of(Boolean.TRUE.equals(context.getAttribute(CALM)));
  }

  /** The page in one language and mode. */
  public static String render(TemplateInstance page, Language language, boolean calm) {
    return TemplateWords.render(page.setAttribute(CALM, calm), language);
  }

  /** The page as this request is to have it. */
  public static String render(
      TemplateInstance page, HttpServerRequest request, Languages languages) {
    return render(page, languages.of(request), Calm.of(request));
  }
}
