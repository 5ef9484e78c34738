package io.hormesis.cli;

import java.lang.instrument.Instrumentation;

/** Loaded into a running server, it takes memory until there is none. */
public final class HungryAgent {
  private HungryAgent() {}

  /** Called by the virtual machine that it is loaded into. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    Object[] meal = {};
    while (true) {
      Object[] larger = new Object[100_000];
      larger[0] = meal;
      meal = larger;
    }
  }
}
