package urgency.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import urgency.platform.language.Calm;
import urgency.platform.language.Languages;
import urgency.platform.sql.GroupCommit;

/**
 * Errors at the edge: logged once, told without a stack trace, as a page to a browser and as
 * problem+json to everything else.
 */
@Singleton
final class Errors {
  private static final Logger LOG = Logger.getLogger(Errors.class);

  private final Instance<ErrorPage> page;
  private final Languages languages;
  private final Counter refused;

  Errors(Instance<ErrorPage> page, Languages languages, MeterRegistry metrics) {
    this.page = page;
    this.languages = languages;
    this.refused = metrics.counter("input_refused");
  }

  @ServerExceptionMapper
  Response badInput(BadInput bad, HttpServerRequest request) {
    refused.increment();
    return answer(request, 400, bad.sentence(), Optional.of(bad.field()), "");
  }

  @ServerExceptionMapper
  Response badJson(JsonProcessingException malformed, HttpServerRequest request) {
    var field =
        malformed instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(
                    it -> it.getFieldName() == null ? "[" + it.getIndex() + "]" : it.getFieldName())
                .collect(Collectors.joining("."))
            : "body";
    if (field.isEmpty()) field = "body";
    refused.increment();
    return answer(request, 400, field + ": not valid here; see /openapi", Optional.of(field), "");
  }

  // Named on its own, since the framework has a mapper of its own for just this kind.
  @ServerExceptionMapper
  Response mismatched(MismatchedInputException malformed, HttpServerRequest request) {
    return badJson(malformed, request);
  }

  @ServerExceptionMapper
  Response known(WebApplicationException known, HttpServerRequest request) {
    var response = known.getResponse();
    if (response.hasEntity() || response.getStatus() < 400) return response;
    return answer(
        request, response.getStatus(), sentence(response.getStatus()), Optional.empty(), "");
  }

  @ServerExceptionMapper
  Response overloaded(GroupCommit.Overloaded full, HttpServerRequest request) {
    var answer = answer(request, 503, full.getMessage() + "; try again", Optional.empty(), "");
    return Response.fromResponse(answer).header("Retry-After", "1").build();
  }

  @ServerExceptionMapper
  Response unknown(Throwable broken, HttpServerRequest request) {
    var reference = RequestId.of(request);
    LOG.errorf(broken, "%s %s failed (%s)", request.method(), Asked.path(request), reference);
    return answer(request, 500, sentence(500), Optional.empty(), reference);
  }

  private Response answer(
      HttpServerRequest request, int status, String detail, Optional<String> field, String ref) {
    if (wantsPage(request) && page.isResolvable()) {
      return Response.status(status)
          .type("text/html; charset=utf-8")
          .header("Cache-Control", "no-store")
          .entity(page.get().html(languages.of(request), Calm.of(request), status, detail, ref))
          .build();
    }
    var reference = Optional.of(ref).filter(it -> !it.isEmpty());
    return Response.status(status)
        .type(Problem.TYPE)
        .header("Cache-Control", "no-store")
        .entity(new Problem(title(status), status, detail, field, reference))
        .build();
  }

  private static boolean wantsPage(HttpServerRequest request) {
    var accept = request.getHeader("Accept");
    return accept != null
        && accept.contains("text/html")
        && !Asked.path(request).startsWith("/api/");
  }

  private static String title(int status) {
    var known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }

  static String sentence(int status) {
    return switch (status) {
      case 400 -> "That request was not understood.";
      case 403 -> "That request came from another site and was not carried out.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take that method.";
      case 406 -> "This address cannot answer in that format.";
      case 413 -> "That was too much at once.";
      case 415 -> "This address does not take that content type.";
      case 429 -> "Too many requests; wait a moment and try again.";
      case 503 -> "The shop is busy; try again in a moment.";
      default ->
          status < 500
              ? "That did not work."
              : "That did not work; the fault is ours. A payment that you made is not lost.";
    };
  }
}
