package io.hormesis.examples.egovernment;

import io.hormesis.process.Owner;

/** The authorities that answer for the processes of this application. */
public final class Owners {
  public static final Owner NATIONAL_REGISTRY = Owner.named("national-registry");
  public static final Owner TAX_AUTHORITY = Owner.named("tax-authority");
  public static final Owner NATIONAL_ARCHIVES = Owner.named("national-archives");
  public static final Owner DIGITAL_POST = Owner.named("digital-post");

  private Owners() {}
}
