package io.hormesis.examples.egovernment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the tax desk keeps about one citizen.
 *
 * @param returns in the order in which they were accepted; one for each year, so 201 at most
 */
public record Desk(List<TaxReturn> returns) {
  static final Desk EMPTY = new Desk(List.of());

  public Desk {
    returns = List.copyOf(returns);
  }

  boolean has(int year) {
    return taxReturn(year).isPresent();
  }

  Optional<TaxReturn> taxReturn(int year) {
    return returns.stream().filter(it -> it.year() == year).findFirst();
  }

  Desk with(TaxReturn accepted) {
    return new Desk(Stream.concat(returns.stream(), Stream.of(accepted)).toList());
  }
}
