package urgency.scoring.backtest;

import java.util.List;

/** Data that cannot be read, with the place and what to do about it. */
final class MalformedData extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The same trouble, with the files that it is in. */
  MalformedData(List<CsvFile> files, MalformedData trouble) {
    super(
        "%s: %s"
            .formatted(
                String.join(", ", files.stream().map(it -> it.path().toString()).toList()),
                trouble.getMessage()),
        trouble);
  }

  MalformedData(String place, String trouble, String remedy) {
    super("%s: %s. Next step: %s.".formatted(place, trouble, remedy));
  }
}
