package io.hormesis.examples.egovernment;

/**
 * One letter to a citizen.
 *
 * @param receipt what it is about
 */
public record Letter(String receipt, String text) {
  public Letter {
    FormRules.receipt(receipt);
  }
}
