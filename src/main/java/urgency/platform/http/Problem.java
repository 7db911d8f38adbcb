package urgency.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What went wrong with a request, for programs (RFC 9457).
 *
 * @param field name of the value that was refused
 * @param reference under which the log has more
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
    String title, int status, String detail, Optional<String> field, Optional<String> reference) {
  public static final String TYPE = "application/problem+json";
}
