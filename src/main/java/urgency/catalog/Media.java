package urgency.catalog;

import java.util.Optional;

/**
 * How a product looks. A path such as {@code media/moka-pot-540.avif} names a file of this build;
 * one with a leading slash, such as {@code /media/pot.jpg}, an address of the merchant's own file.
 *
 * @param posterAvif 540 px wide still, 9:16
 * @param posterSmallAvif 270 px wide still, 9:16
 * @param posterFallback the same still for browsers without AVIF
 * @param placeholder inline picture of about 100 bytes shown until the poster is there, as data URI
 * @param clips silent loops in order of preference; empty when there are none
 */
public record Media(
    Optional<String> posterAvif,
    Optional<String> posterSmallAvif,
    Optional<String> posterFallback,
    Optional<String> placeholder,
    java.util.List<String> clips) {
  public static final Media NONE =
      new Media(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          java.util.List.of());

  public Media {
    clips = java.util.List.copyOf(clips);
  }
}
