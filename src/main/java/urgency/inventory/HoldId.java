package urgency.inventory;

import java.util.UUID;

/** Identifies a hold; made by the one who asks, so that asking again is the same call. */
public record HoldId(UUID value) {}
