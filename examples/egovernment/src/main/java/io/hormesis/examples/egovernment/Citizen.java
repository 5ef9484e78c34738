package io.hormesis.examples.egovernment;

import io.hormesis.examples.egovernment.Citizens.Who;

/**
 * A citizen, as the registry knows them.
 *
 * @param citizen 11 digits
 */
public record Citizen(String citizen, String name, String address) {
  static final String NOT_KNOWN = "not known at the moment";

  public Citizen {
    FormRules.citizen(citizen);
  }

  /** What stands in for the registry's word when nobody can give it: the number, and no claim. */
  public static Citizen unverified(Who who) {
    return new Citizen(who.citizen(), NOT_KNOWN, NOT_KNOWN);
  }
}
