package io.hormesis.process;

/**
 * The people who answer for a process, and learn from its failures.
 *
 * @param name short and unique: lower-case letters, digits and dashes
 */
public record Owner(String name) {

  public Owner {
    Names.check("owner", name);
  }

  /** The owner of that name. */
  public static Owner named(String name) {
    return new Owner(name);
  }
}
