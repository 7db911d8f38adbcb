package urgency.trends.fake;

/** Every fault that was seen in the wild, and a few more. */
public enum Fault implements Play {
  FORBIDDEN,
  UNAUTHORIZED,
  REFUSED_IN_200,
  DEPRECATED,
  NO_LIST_KEY,
  MOVED,
  GONE,
  LOGIN_PAGE,
  NO_BODY,
  NO_ROWS_OF_MANY,
  THROTTLED,
  BROKEN,
  SILENCE,
  DRIP,
  CUT_OFF,
  RESET,
  ROUNDED_IDS,
  NUMBERS_AS_STRINGS,
  NOT_A_NUMBER,
  BELOW_ZERO,
  TWICE,
  BACKWARDS,
  FIFTY_MEGABYTES
}
