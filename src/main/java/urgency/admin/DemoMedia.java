package urgency.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Media;

/** The pictures of the demo products, as far as they are part of this build. */
final class DemoMedia {
  private static final String WEB = "/web/";

  private final Map<String, String> placeholders;

  DemoMedia() {
    placeholders = placeholders();
  }

  /** What there is for a product. */
  Media of(String slug) {
    var clips = new ArrayList<String>();
    there("media/" + slug + ".webm").ifPresent(clips::add);
    there("media/" + slug + ".mp4").ifPresent(clips::add);
    return new Media(
        there("media/" + slug + "-540.avif"),
        there("media/" + slug + "-270.avif"),
        there("media/" + slug + "-540.jpg"),
        Optional.ofNullable(placeholders.get(slug)),
        clips);
  }

  private static Optional<String> there(String path) {
    return Optional.of(path).filter(it -> DemoMedia.class.getResource(WEB + it) != null);
  }

  private static Map<String, String> placeholders() {
    var found = new HashMap<String, String>();
    try (InputStream in = DemoMedia.class.getResourceAsStream(WEB + "media/placeholders.csv")) {
      if (in == null) return found;
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        var comma = line.indexOf(',');
        if (comma > 0 && !line.startsWith("slug,")) {
          found.put(
              line.substring(0, comma),
              "data:image/webp;base64," + line.substring(comma + 1).strip());
        }
      }
      return found;
    } catch (IOException trouble) {
      throw new UncheckedIOException("placeholders of the demo products", trouble);
    }
  }
}
