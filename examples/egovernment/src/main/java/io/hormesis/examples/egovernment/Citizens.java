package io.hormesis.examples.egovernment;

import io.hormesis.process.Query;

/** What others may ask of the registry. */
public sealed interface Citizens {

  /**
   * Who is this citizen?
   *
   * @param citizen 11 digits
   */
  record Who(String citizen) implements Citizens, Query<Citizen> {
    public Who {
      FormRules.citizen(citizen);
    }
  }
}
