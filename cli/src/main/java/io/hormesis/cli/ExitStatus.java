package io.hormesis.cli;

/** What a command ends with. Scripts rely on these numbers. */
final class ExitStatus {
  static final int DONE = 0;
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int NOT_STEADY = 6;

  private ExitStatus() {}
}
