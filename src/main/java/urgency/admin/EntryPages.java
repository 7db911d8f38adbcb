package urgency.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.operators.Door;

/** The way in: the owner's first link, the sign-in, and out again. */
@Singleton
@Path("/admin")
@RunOnVirtualThread
public final class EntryPages {
  public static final String HTML = "text/html; charset=utf-8";
  private static final String USED =
      "This link was used or is too old. bin/operator reset, on the"
          + " machine of the shop, prints a new one.";

  private final Door door;
  private final AdminGate gate;
  private final InstantSource clock;

  EntryPages(Door door, AdminGate gate, InstantSource clock) {
    this.door = door;
    this.gate = gate;
    this.clock = clock;
  }

  @GET
  @Path("/setup")
  @Produces(HTML)
  @Operation(hidden = true)
  public String setup(@QueryParam("token") @DefaultValue("") String token) {
    return AdminTemplates.signIn(AdminView.Entry.setup("", token.isEmpty() ? "none" : token))
        .render();
  }

  @POST
  @Path("/setup")
  @Operation(hidden = true)
  public Response setUp(
      @FormParam("token") @DefaultValue("") String token,
      @FormParam("name") @DefaultValue("") String name,
      @FormParam("password") @DefaultValue("") String password,
      @Context HttpServerRequest request) {
    var outcome = door.setUp(token, name, password, address(request), clock.instant());
    return answer(outcome, token.isEmpty() ? "none" : token);
  }

  @GET
  @Path("/sign-in")
  @Produces(HTML)
  @Operation(hidden = true)
  public String show() {
    return AdminTemplates.signIn(AdminView.Entry.signIn("")).render();
  }

  @POST
  @Path("/sign-in")
  @Operation(hidden = true)
  public Response signIn(
      @CookieParam(AdminGate.COOKIE) @DefaultValue("") String before,
      @FormParam("name") @DefaultValue("") String name,
      @FormParam("password") @DefaultValue("") String password,
      @Context HttpServerRequest request) {
    return answer(door.signIn(name, password, address(request), before, clock.instant()), "");
  }

  @POST
  @Path("/sign-out")
  @Operation(hidden = true)
  public Response signOut(
      @CookieParam(AdminGate.COOKIE) @DefaultValue("") String token,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    door.signOut(token, AdminGate.operator(security), address(request), clock.instant());
    return Response.seeOther(URI.create(AdminGate.SIGN_IN)).cookie(gate.cookie("")).build();
  }

  private Response answer(Door.Outcome outcome, String token) {
    return switch (outcome) {
      case Door.Outcome.In(var session) ->
          Response.seeOther(URI.create("/admin")).cookie(gate.cookie(session)).build();
      case Door.Outcome.Wrong _ -> again(401, "name or password: they do not match.", token);
      case Door.Outcome.TooEarly _ ->
          again(429, "name: too many tries in vain. Wait a moment, then try again.", token);
      case Door.Outcome.Busy _ -> again(503, "Others are at the door; try again.", token);
      case Door.Outcome.NoSuchLink _ -> again(410, "token: " + USED, token);
      case Door.Outcome.Refused(var field, var remedy) ->
          again(400, field + ": " + remedy + ".", token);
    };
  }

  private static Response again(int status, String notice, String token) {
    var view =
        token.isEmpty() ? AdminView.Entry.signIn(notice) : AdminView.Entry.setup(notice, token);
    return Response.status(status).type(HTML).entity(AdminTemplates.signIn(view).render()).build();
  }

  /** From where somebody asks; empty when that is not known. */
  public static String address(HttpServerRequest request) {
    return Optional.ofNullable(request.remoteAddress())
        .flatMap(it -> Optional.ofNullable(it.hostAddress()))
        .orElse("");
  }
}
