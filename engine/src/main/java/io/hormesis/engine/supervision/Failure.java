package io.hormesis.engine.supervision;

/** How a worker failed on a message. */
public sealed interface Failure {

  /** The process whose worker it was. */
  String process();

  /** Its code threw something. */
  record Crashed(String process, Throwable cause) implements Failure {}

  /** It has not come back though nobody waits any more. */
  record Slow(String process, long overdueMillis) implements Failure {}

  /** Its reply, or its step, is outside its contract. */
  record Wrong(String process, String what) implements Failure {}
}
