package urgency.honest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.catalog.Catalog;
import urgency.catalog.ProductId;
import urgency.claims.ClaimBook;
import urgency.claims.DayRecord;
import urgency.platform.http.BadInput;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.storefront.ShelfPage;
import urgency.words.Mode;

/** Why a product's card says what it says, and the record of a day to take away. */
@Singleton
@Path("/")
@RunOnVirtualThread
final class ClaimPages {
  private static final int SLUG_MAX = 100;
  private static final int ID_LENGTH = 36;
  private static final int BUFFER = 32 * 1024;

  private final ShelfPage shelf;
  private final ClaimBook book;
  private final DayRecord record;
  private final Catalog catalog;
  private final Database database;
  private final InstantSource clock;
  private final Languages languages;

  ClaimPages(
      ShelfPage shelf,
      ClaimBook book,
      DayRecord record,
      Catalog catalog,
      Database database,
      InstantSource clock,
      Languages languages) {
    this.shelf = shelf;
    this.book = book;
    this.record = record;
    this.catalog = catalog;
    this.database = database;
    this.clock = clock;
    this.languages = languages;
  }

  @GET
  @Path("/why/{slug}")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response why(@PathParam("slug") String slug, @Context HttpServerRequest request) {
    if (slug.length() > SLUG_MAX) throw new NotFoundException();
    var shown = shelf.shown();
    // What is on the shelf costs no query.
    var product =
        shown
            .flatMap(
                it ->
                    it.products().values().stream().filter(p -> p.slug().equals(slug)).findFirst())
            .or(() -> database.read(tx -> catalog.bySlug(tx, slug)))
            .orElseThrow(NotFoundException::new);
    var view = WhyView.of(shown, product, book.standing(), HonestPage.address(clock.instant()));
    return Response.ok(Mode.render(HonestTemplates.why(view), request, languages))
        .header("Cache-Control", "no-cache")
        .build();
  }

  @GET
  @Path("/honest/claims/{day}.jsonl")
  @Produces("application/jsonl; charset=utf-8")
  @Operation(summary = "What was claimed on a day, each line with its proof", hidden = true)
  public Response claims(
      @PathParam("day") String day, @QueryParam("product") @DefaultValue("") String product) {
    var date = day(day);
    var only = product(product);
    if (!record.hasTurn()) return Response.status(503).header("Retry-After", "5").build();
    StreamingOutput lines =
        out -> {
          var buffered = new BufferedOutputStream(out, BUFFER);
          record.export(
              date,
              only,
              line -> {
                buffered.write(line.getBytes(UTF_8));
                buffered.write('\n');
              });
          buffered.flush();
        };
    return Response.ok(lines)
        .header("Cache-Control", "no-cache")
        .header("Content-Disposition", "attachment; filename=\"claims-%s.jsonl\"".formatted(date))
        .build();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new BadInput("day", "a date such as 2026-11-24");
    }
  }

  private static Optional<ProductId> product(String text) {
    if (text.isEmpty()) return Optional.empty();
    try {
      if (text.length() == ID_LENGTH) return Optional.of(new ProductId(UUID.fromString(text)));
    } catch (IllegalArgumentException malformed) {
      // Told below.
    }
    throw new BadInput("product", "a product's id");
  }
}
