package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The pictures and clips that a merchant put into the media folder, below {@code /media/}. */
@Singleton
final class MediaFolder {
  private static final String PREFIX = "/media/";
  private static final String ONE_DAY = "public, max-age=86400";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}");

  private final SecurityHeaders headers;
  private final Path folder;

  MediaFolder(SecurityHeaders headers, HttpSettings settings) {
    this.headers = headers;
    this.folder = settings.mediaFolder().toAbsolutePath().normalize();
  }

  boolean answer(HttpServerRequest request, boolean withBody) {
    if (!Asked.path(request).startsWith(PREFIX)) return false;
    var name = Asked.path(request).substring(PREFIX.length());
    if (!NAME.matcher(name).matches()) return false;
    var path = folder.resolve(name);
    try {
      if (!Files.isRegularFile(path)) return false;
      Ranges.send(request, headers, path, Files.size(path), Shipped.type(name), ONE_DAY, withBody);
      return true;
    } catch (IOException vanished) {
      return false;
    }
  }
}
