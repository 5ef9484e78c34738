package io.hormesis.examples.egovernment;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that the archive keeps about one citizen.
 *
 * @param returns in the order in which they came in
 */
public record Shelf(List<TaxReturn> returns) {
  static final Shelf EMPTY = new Shelf(List.of());

  public Shelf {
    returns = List.copyOf(returns);
  }

  Shelf with(TaxReturn kept) {
    return new Shelf(Stream.concat(returns.stream(), Stream.of(kept)).toList());
  }

  Documents documents() {
    return new Documents(
        returns.stream().map(it -> new Documents.Document(it.receipt(), it.year())).toList());
  }
}
