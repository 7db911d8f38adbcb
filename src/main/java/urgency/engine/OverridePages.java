package urgency.engine;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;
import urgency.admin.AdminGate;
import urgency.admin.AdminView;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.operators.Acts;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;
import urgency.scoring.Overrides;
import urgency.scoring.Risks;
import urgency.trends.TrendObservation;

/**
 * The operator's hand on the wheel: links set or forbidden, words explained, risks approved,
 * products kept off. What takes something away asks once more, by name; all of it is on record with
 * who did it.
 */
@Singleton
@Path("/admin/engine")
@RunOnVirtualThread
final class OverridePages {
  private static final int KEY_MAX = 100;
  private static final int REASON_MAX = 200;

  private final Overrides overrides;
  private final Risks risks;
  private final Catalog catalog;
  private final Acts acts;
  private final Database database;
  private final InstantSource clock;

  OverridePages(
      Overrides overrides,
      Risks risks,
      Catalog catalog,
      Acts acts,
      Database database,
      InstantSource clock) {
    this.overrides = overrides;
    this.risks = risks;
    this.catalog = catalog;
    this.acts = acts;
    this.database = database;
    this.clock = clock;
  }

  /** Who asks, and from where. */
  private record Asking(String by, String address) {
    static Asking of(SecurityContext security, HttpServerRequest request) {
      return new Asking(AdminGate.operator(security).name(), AdminGate.address(request));
    }
  }

  @POST
  @Path("/links")
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public Response link(
      @FormParam("act") @DefaultValue("") String act,
      @FormParam("product") @DefaultValue("") String slug,
      @FormParam("trend") @DefaultValue("") String trend,
      @FormParam("strength") @DefaultValue("") String strength,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var product = product(slug);
    var key = key(trend);
    var back = "/admin/engine/products/" + product.slug();
    if (act.equals("forbid") && !sure.equals("yes")) {
      return confirm(
          "Forbid #%s for %s?".formatted(key, product.name()),
          "From the next rating on this trend counts nothing for this product, whatever the engine"
              + " finds. You can leave it to the engine again at any time.",
          "/admin/engine/links",
          back,
          List.of(
              new AdminView.Field("act", act),
              new AdminView.Field("product", slug),
              new AdminView.Field("trend", key)),
          security);
    }
    var asking = Asking.of(security, request);
    switch (act) {
      case "pin" -> {
        var set = strength(strength);
        pin(asking, product, key, set, "link set", "strength " + set);
      }
      case "forbid" -> pin(asking, product, key, 0, "link forbidden", "");
      case "leave" ->
          database.change(
              tx -> {
                if (overrides.unpin(tx, key, product.id())) {
                  write(tx, asking, "link left to the engine", product, "#" + key);
                }
              });
      default -> throw new BadInput("act", "pin, forbid or leave");
    }
    return done(back, act);
  }

  @POST
  @Path("/synonyms")
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public Response synonym(
      @FormParam("act") @DefaultValue("") String act,
      @FormParam("trend") @DefaultValue("") String trend,
      @FormParam("means") @DefaultValue("") String means,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var key = key(trend);
    var words = means(means);
    var asking = Asking.of(security, request);
    var now = clock.instant();
    switch (act) {
      case "explain" ->
          database.change(
              tx -> {
                overrides.add(tx, new Overrides.Synonym(key, words, asking.by(), now));
                acts.write(tx, act(asking, "synonym added", "#" + key, words));
              });
      case "forget" -> {
        if (!sure.equals("yes")) {
          return confirm(
              "Forget that #%s means %s?".formatted(key, words),
              "Products that this trend finds only by these words lose the link at the next"
                  + " rating.",
              "/admin/engine/synonyms",
              "/admin/engine/trends",
              List.of(
                  new AdminView.Field("act", act),
                  new AdminView.Field("trend", key),
                  new AdminView.Field("means", words)),
              security);
        }
        database.change(
            tx -> {
              if (overrides.remove(tx, key, words)) {
                acts.write(tx, act(asking, "synonym removed", "#" + key, words));
              }
            });
      }
      default -> throw new BadInput("act", "explain or forget");
    }
    return done("/admin/engine/trends", act);
  }

  @POST
  @Path("/barred")
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public Response bar(
      @FormParam("act") @DefaultValue("") String act,
      @FormParam("product") @DefaultValue("") String slug,
      @FormParam("reason") @DefaultValue("") String reason,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var product = product(slug);
    var back = "/admin/engine/products/" + product.slug();
    var asking = Asking.of(security, request);
    var now = clock.instant();
    switch (act) {
      case "bar" -> {
        var why = reason(reason);
        if (!sure.equals("yes")) {
          return confirm(
              "Keep %s off the shelf?".formatted(product.name()),
              "It is on no shelf from the next one on, until you let it back. Reason: " + why,
              "/admin/engine/barred",
              back,
              List.of(
                  new AdminView.Field("act", act),
                  new AdminView.Field("product", slug),
                  new AdminView.Field("reason", why)),
              security);
        }
        database.change(
            tx -> {
              overrides.bar(tx, new Overrides.Barred(product.id(), why, asking.by(), now));
              write(tx, asking, "product kept off", product, why);
            });
      }
      case "allow" ->
          database.change(
              tx -> {
                if (overrides.allow(tx, product.id())) {
                  write(tx, asking, "product let back", product, "");
                }
              });
      default -> throw new BadInput("act", "bar or allow");
    }
    return done(back, act);
  }

  @POST
  @Path("/risks")
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public Response risk(
      @FormParam("act") @DefaultValue("") String act,
      @FormParam("product") @DefaultValue("") String slug,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var product = product(slug);
    var asking = Asking.of(security, request);
    switch (act) {
      case "approve" ->
          database.change(
              tx -> {
                var seen = Risks.seen(tx, product.id());
                if (risks.approve(tx, product.id(), asking.by(), clock.instant())) {
                  var open = seen.map(it -> String.join(", ", it.open())).orElse("");
                  write(tx, asking, "risk approved", product, open);
                }
              });
      case "withdraw" ->
          database.change(
              tx -> {
                if (risks.withdraw(tx, product.id())) {
                  write(tx, asking, "approval of a risk taken back", product, "");
                }
              });
      default -> throw new BadInput("act", "approve or withdraw");
    }
    return done("/admin/engine/products/" + product.slug(), act);
  }

  /** What to say, by the word in the address; nothing for a word that is not ours. */
  static String words(String done) {
    return switch (done) {
      case "pin" -> "The link is set; it counts from the next rating on.";
      case "forbid" -> "The link is forbidden from the next rating on.";
      case "leave" -> "The link is left to the engine again.";
      case "explain" -> "The synonym is added; it counts from the next rating on.";
      case "forget" -> "The synonym is removed.";
      case "bar" -> "The product is kept off from the next shelf on.";
      case "allow" -> "The product may be on the next shelf again.";
      case "approve" -> "The risk is approved; the product may be on the next shelf.";
      case "withdraw" -> "The approval is taken back; it counts from the next shelf on.";
      default -> "";
    };
  }

  private void pin(
      Asking asking, Product product, String key, double strength, String what, String detail) {
    database.change(
        tx -> {
          var pin = new Overrides.Pin(key, product.id(), strength, asking.by(), clock.instant());
          overrides.pin(tx, pin);
          write(tx, asking, what, product, ("#" + key + " " + detail).strip());
        });
  }

  private void write(Handle tx, Asking asking, String what, Product product, String detail) {
    acts.write(tx, act(asking, what, product.slug(), detail));
  }

  private Acts.Act act(Asking asking, String what, String object, String detail) {
    return new Acts.Act(clock.instant(), asking.by(), asking.address(), what, object, detail);
  }

  private Product product(String slug) {
    if (slug.isEmpty() || slug.length() > KEY_MAX) throw new NotFoundException();
    return database.read(tx -> catalog.bySlug(tx, slug)).orElseThrow(NotFoundException::new);
  }

  private static String key(String typed) {
    var key = TrendObservation.fold(typed);
    if (key.isEmpty() || key.length() > KEY_MAX || key.indexOf('\0') >= 0) {
      throw new BadInput("trend", "a hashtag of 1 to " + KEY_MAX + " characters");
    }
    return key;
  }

  private static String means(String typed) {
    var words = typed.strip();
    if (words.isEmpty() || words.length() > KEY_MAX || words.indexOf('\0') >= 0) {
      throw new BadInput("means", "a word or a few, 1 to " + KEY_MAX + " characters");
    }
    return words;
  }

  private static String reason(String typed) {
    var why = typed.strip();
    if (why.isEmpty() || why.length() > REASON_MAX || why.indexOf('\0') >= 0) {
      throw new BadInput("reason", "say why, in 1 to " + REASON_MAX + " characters");
    }
    return why;
  }

  private static double strength(String typed) {
    if (!typed.matches("0\\.[0-9]{1,2}|1(\\.0{1,2})?")) {
      throw new BadInput("strength", "a number from 0.01 to 1, such as 0.8");
    }
    var strength = Double.parseDouble(typed);
    if (strength == 0) throw new BadInput("strength", "more than 0; to forbid a link, say so");
    return strength;
  }

  private static Response done(String back, String act) {
    return Response.seeOther(URI.create(back + "?done=" + act)).build();
  }

  private static Response confirm(
      String title,
      String detail,
      String action,
      String back,
      List<AdminView.Field> fields,
      SecurityContext security) {
    var frame = new AdminView.Frame(title, "engine", AdminGate.operator(security).name());
    var view = new AdminView.Confirm(frame, detail, action, back, fields);
    return Response.ok(view.html()).build();
  }
}
