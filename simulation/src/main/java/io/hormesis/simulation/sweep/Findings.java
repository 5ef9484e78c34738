package io.hormesis.simulation.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Gathers what a sweep finds. */
final class Findings {
  private final List<String> processes = new ArrayList<>();
  private final Map<List<Object>, Broken> broken = new LinkedHashMap<>();
  private final List<String> silent = new ArrayList<>();
  private final Set<String> limited = new LinkedHashSet<>();
  private int messages;
  private final AtomicInteger combinations = new AtomicInteger();

  void process(String name) {
    processes.add(name);
  }

  void message() {
    messages++;
  }

  /** A combination was run; alike are those that break the same kind of message with same words. */
  void combination(Combination run, Optional<String> brokenBy) {
    combinations.incrementAndGet();
    brokenBy.ifPresent(what ->
        broken.merge(
            List.of(run.process(), run.message().getClass(), what),
            new Broken(run, what, 1),
            (first, _) -> first.again()));
  }

  /** How many were run; may be asked from any thread. */
  long combinations() {
    return combinations.get();
  }

  void silent(String message) {
    silent.add(message);
  }

  void limited(String sentence) {
    limited.add(sentence);
  }

  SweepReport report() {
    return new SweepReport(
        processes,
        messages,
        combinations.get(),
        List.copyOf(broken.values()),
        silent,
        List.copyOf(limited));
  }
}
