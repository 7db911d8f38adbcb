package urgency.admin;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import urgency.operators.Operator;
import urgency.operators.Sessions;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.Database;

/**
 * Stands before every address under /admin, those of tomorrow too: without a session only the way
 * in is open. What is answered there is kept by nobody and found by no search engine.
 */
@Singleton
public final class AdminGate {
  static final String COOKIE = "shelf_operator";
  static final String SIGN_IN = "/admin/sign-in";

  private static final Set<String> OPEN = Set.of(SIGN_IN, "/admin/setup");

  /** The operator who asks, as the framework hands it on. */
  record Asking(Operator operator) implements Principal {
    @Override
    public String getName() {
      return operator.name();
    }
  }

  private record Signed(Asking asking, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return asking;
    }

    @Override
    public boolean isUserInRole(String role) {
      return role.equals("OWNER");
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return SecurityContext.FORM_AUTH;
    }
  }

  private final Sessions sessions;
  private final Database database;
  private final InstantSource clock;
  private final boolean secure;

  AdminGate(Sessions sessions, Database database, InstantSource clock, HttpSettings http) {
    this.sessions = sessions;
    this.database = database;
    this.clock = clock;
    this.secure = http.secure();
  }

  @ServerRequestFilter
  Optional<Response> ask(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    if (!isAdmin(path) || OPEN.contains(path)) return Optional.empty();
    var cookie = request.getCookies().get(COOKIE);
    var operator = Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(this::known);
    if (operator.isPresent()) {
      request.setSecurityContext(new Signed(new Asking(operator.get()), secure));
      return Optional.empty();
    }
    return Optional.of(
        request.getMethod().equals("GET")
            ? Response.seeOther(URI.create(SIGN_IN)).build()
            : Response.status(Response.Status.UNAUTHORIZED)
                .type("text/plain; charset=utf-8")
                .entity("session: sign in at /admin/sign-in first")
                .build());
  }

  @ServerResponseFilter
  void close(ContainerRequestContext request, ContainerResponseContext response) {
    if (!isAdmin(request.getUriInfo().getPath())) return;
    response.getHeaders().putSingle("Cache-Control", "no-store");
    response.getHeaders().putSingle("X-Robots-Tag", "noindex, nofollow");
    response.getHeaders().putSingle("Referrer-Policy", "no-referrer");
  }

  /** The operator whom {@link #ask} let in. */
  public static Operator operator(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Asking(var operator)) return operator;
    throw new IllegalStateException("nobody was let in");
  }

  /** From where somebody asks, for the record. */
  public static String address(HttpServerRequest request) {
    return EntryPages.address(request);
  }

  /** The cookie for a session; an empty token takes it away. */
  NewCookie cookie(String token) {
    return new NewCookie.Builder(COOKIE)
        .value(token)
        .path("/admin")
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .maxAge(token.isEmpty() ? 0 : Math.toIntExact(Sessions.AGE_MAX.toSeconds()))
        .build();
  }

  private Optional<Operator> known(String token) {
    if (token.isEmpty() || token.length() > 64) return Optional.empty();
    return database.write(tx -> sessions.find(tx, token, clock.instant()));
  }

  private static boolean isAdmin(String path) {
    return path.equals("/admin") || path.startsWith("/admin/");
  }
}
