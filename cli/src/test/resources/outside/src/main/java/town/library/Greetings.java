package town.library;

import io.hormesis.process.Query;

/** What others may ask of the greeter. */
public sealed interface Greetings {
  /** Greets a reader. */
  record Greet(String reader) implements Greetings, Query<Greeting> {}

  /** What a reader is told at the door. */
  record Greeting(String text) {}
}
