package {{package}};

import io.hormesis.process.Query;

/** What may be asked of the price list. */
public sealed interface Prices {
  /** What does a seat cost? */
  record Ask(String seat) implements Prices, Query<Price> {}

  /** What a seat costs. */
  record Price(int cents) {}
}
