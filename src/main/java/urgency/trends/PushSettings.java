package urgency.trends;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import urgency.platform.settings.Settings;
import urgency.trends.TrendSettings.Pace;

/**
 * Trends that somebody brings: over HTTP once there is a secret, as files once there is a folder.
 *
 * @param secret with which deliveries are signed; empty refuses all of them
 * @param folder that is watched for JSON and CSV files; empty watches none
 */
public record PushSettings(String secret, Optional<java.nio.file.Path> folder) {
  private static final int SECRET_MIN = 16;

  /**
   * TikTok's oEmbed.
   *
   * @param videoUrl address of a video, with {@code {id}} where its number goes
   */
  public record OEmbed(boolean enabled, URI baseUrl, String videoUrl, Pace pace) {}

  static PushSettings read(Settings in) {
    var secret =
        in.text(
                "trends.push.secret",
                "",
                "Turns on POST /api/v1/trends/observations; deliveries are signed with it.")
            .strip();
    if (!secret.isEmpty() && secret.length() < SECRET_MIN) {
      in.refuse(
          "trends.push.secret: at least %d characters, such as openssl rand -hex 32 prints"
              .formatted(SECRET_MIN));
    }
    var folder =
        in.text(
                "trends.push.folder",
                "",
                "Watched for JSON and CSV files of trends; empty watches none.")
            .strip();
    return new PushSettings(
        secret, folder.isEmpty() ? Optional.empty() : Optional.of(java.nio.file.Path.of(folder)));
  }

  static OEmbed oembed(Settings in) {
    var url =
        in.text(
            "trends.oembed.video-url",
            "https://www.tiktok.com/@_/video/{id}",
            "Address of a video, with {id} for its number.");
    if (!url.contains("{id}")) in.refuse("trends.oembed.video-url: must contain {id}");
    return new OEmbed(
        in.flag("trends.oembed.enabled", false, "Ask whether trending videos may be shown."),
        in.address("trends.oembed.base-url", "https://www.tiktok.com", "Where oEmbed is reached."),
        url,
        new Pace(Duration.ofMillis(1500), Duration.ofSeconds(5), Duration.ofSeconds(15)));
  }
}
