package tools.jackson.core;

/** A library that the platform has in another version. */
public final class Version {
  private Version() {}

  public static String text() {
    return "the application's own";
  }
}
