package urgency.payments;

import java.util.List;

/** The secrets with which webhooks may be signed, and whether the money behind them is real. */
public record WebhookSecrets(List<String> values, boolean live) {
  public WebhookSecrets {
    values = List.copyOf(values);
    if (values.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a webhook secret is blank");
    }
  }

  @Override
  public String toString() {
    return "WebhookSecrets[%d, live=%s]".formatted(values.size(), live);
  }
}
