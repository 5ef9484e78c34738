package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.process.MessageType;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.VirtualTime;
import io.hormesis.simulation.generate.PlainValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One message to one process, with one combination of the ways in which its asks end.
 *
 * @param before messages that the process takes before
 * @param within how long its asker waits
 */
record SweepCase(
    Subject subject,
    PlainValues values,
    long seed,
    List<Record> before,
    MessageType type,
    Record message,
    Duration within) {
  private static final Duration AFTERMATH = Duration.ofMillis(100);

  /**
   * How it ended.
   *
   * @param failure of its worker, if it failed
   * @param took from the ask to the ending
   */
  record Ended(
      Combination combination,
      CallResult<Object> ending,
      Optional<Failure> failure,
      Duration took) {}

  Ended run(Script script) {
    VirtualTime time = new VirtualTime();
    ScriptedPeers far = new ScriptedPeers(subject, values, time, seed);
    List<Failure> failures = new ArrayList<>();
    try (SweptSystem system = new SweptSystem(seed, subject, time, far, failures::add)) {
      Dice dice = Dice.of(seed, "traces");
      for (Record earlier : before) {
        ask(system, far, earlier, new Script(), dice);
      }
      failures.clear();
      long begun = time.nanos();
      CallResult<Object> ending = ask(system, far, message, script, dice);
      Duration took = Duration.ofNanos(time.nanos() - begun);
      return new Ended(
          new Combination(subject.name(), before, message, far.asked()),
          ending,
          failures.stream().findFirst(),
          took);
    }
  }

  private CallResult<Object> ask(
      SweptSystem system, ScriptedPeers far, Record sent, Script script, Dice dice) {
    Trace trace = Trace.begin(dice.generator());
    far.handling(trace, script);
    CompletableFuture<CallResult<Object>> ending =
        system.ask(new Ask(sent, within, RequestContext.begin(trace, Priority.REQUEST)));
    system.runUntil(ending::isDone, within.plus(AFTERMATH));
    return ending.getNow(new CallResult.Unknown<>("", "no ending at all"));
  }
}
