package urgency.operators;

import java.util.UUID;

/** A person who may operate the shop. */
public record Operator(UUID id, String name) {}
