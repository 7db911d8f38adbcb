package urgency.platform.language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import urgency.platform.settings.Settings;

/**
 * What a shopper may choose from.
 *
 * @param offered the first is for those whose own language is not among them
 */
public record LanguageSettings(List<Language> offered) {
  public LanguageSettings {
    offered = List.copyOf(offered);
    if (offered.isEmpty()) throw new IllegalArgumentException("no language");
  }

  public static LanguageSettings read(Settings in) {
    var main =
        in.choice(
            "language.main",
            Language.ENGLISH.tag(),
            Language.spoken().stream().map(Language::tag).toList(),
            "Language for those who ask for none that the shop speaks.");
    var others = in.flag("language.others", true, "Offer the other languages too.");
    var disguise =
        in.flag(
            "language.disguise",
            false,
            "Offer en-XA too, English accented, longer and from right to left, to test pages.");
    var offered = new ArrayList<Language>();
    offered.add(Language.of(main).orElse(Language.ENGLISH));
    if (others) {
      offered.addAll(
          Language.spoken().stream()
              .filter(it -> !offered.contains(it))
              .collect(Collectors.toList()));
    }
    if (disguise) offered.add(Language.DISGUISE);
    return new LanguageSettings(offered);
  }
}
