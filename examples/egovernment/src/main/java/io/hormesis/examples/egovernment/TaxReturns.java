package io.hormesis.examples.egovernment;

import io.hormesis.process.Command;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import java.util.Optional;

/** What others may ask of the tax desk. Every request is about one citizen. */
public sealed interface TaxReturns {

  /** The citizen that a request is about: 11 digits. */
  String citizen();

  /**
   * Files a return. There is at most one for each citizen and year: a second one is refused.
   *
   * @param id the caller's idempotency key
   * @param citizen 11 digits
   * @param year 1900 to 2100
   * @param income 0 to 10^12
   */
  record File(RequestId id, String citizen, int year, long income)
      implements TaxReturns, Command<TaxReturn> {
    public File {
      FormRules.citizen(citizen);
      FormRules.year(year);
      FormRules.income(income);
    }
  }

  /**
   * Shows the return of a year; empty when none was filed.
   *
   * @param citizen 11 digits
   * @param year 1900 to 2100
   */
  record Show(String citizen, int year) implements TaxReturns, Query<Optional<TaxReturn>> {
    public Show {
      FormRules.citizen(citizen);
      FormRules.year(year);
    }
  }
}
