package urgency.trends;

import java.util.List;

/** The sources that this shop asks, chosen when it starts. */
public record Sources(List<TrendSource> all) {
  public Sources {
    all = List.copyOf(all);
    var ids = all.stream().map(TrendSource::id).distinct().count();
    if (ids != all.size()) throw new IllegalArgumentException("two sources of one name: " + all);
  }
}
