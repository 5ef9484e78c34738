package io.hormesis.engine.delivery;

/**
 * How much a server may repeat: a bucket of tokens, of which each first try brings a tenth and each
 * further try takes one. So repeats stay near 10 % of the load however much fails, and a short
 * burst, as when a leader dies, is still let through.
 *
 * <p>Source: rule R6 (retry budgets of SRE and gRPC A6).
 */
final class RetryBudget {
  private static final int TENTHS_A_TOKEN = 10;

  private final int capacityTenths;
  private int tenths;

  RetryBudget(int capacity) {
    this.capacityTenths = capacity * TENTHS_A_TOKEN;
    this.tenths = capacityTenths;
  }

  void firstTry() {
    tenths = Math.min(capacityTenths, tenths + 1);
  }

  boolean hasToken() {
    return tenths >= TENTHS_A_TOKEN;
  }

  /** Takes a token for a further try; false when there is none. */
  boolean take() {
    if (!hasToken()) {
      return false;
    }
    tenths -= TENTHS_A_TOKEN;
    return true;
  }
}
