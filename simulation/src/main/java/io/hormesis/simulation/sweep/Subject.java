package io.hormesis.simulation.sweep;

import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.Dependency;
import io.hormesis.process.MessageType;
import io.hormesis.process.Reply;
import io.hormesis.process.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that is swept, as it stands among others.
 *
 * @param whole the application that it is of
 * @param alone the same, where all others only stand in, for their contracts
 */
record Subject(Declaration<?> process, Application whole, Application alone) {

  static Subject of(Declaration<?> process, Application whole) {
    List<Declaration<?>> declarations = new ArrayList<>();
    for (Declaration<?> one : whole.processes()) {
      declarations.add(one.name().equals(process.name()) ? small(one) : standIn(one));
    }
    Application alone =
        Application.named(whole.name()).of(declarations.toArray(Declaration<?>[]::new));
    return new Subject(process, whole, alone);
  }

  String name() {
    return process.name();
  }

  /** How long the most patient of those who send a message waits. */
  Duration deadline(MessageType message) {
    Stream<Duration> callers =
        whole.routes().stream().filter(it -> it.request() == message.type()).map(Route::deadline);
    Stream<Duration> askers =
        whole.processes().stream()
            .flatMap(it -> it.dependencies().stream())
            .filter(it -> it.request() == message.type())
            .map(Dependency::deadline);
    return Stream.concat(callers, askers).max(Comparator.naturalOrder()).orElse(Route.DEADLINE);
  }

  /** Whether whatever it asks has a default reply. */
  boolean hasDefaults() {
    return process.dependencies().stream().allMatch(it -> it.defaultReply().isPresent());
  }

  /** The key that a message is about; empty when it has none, or none that can be. */
  Optional<String> key(Record message) {
    return key(process, message)
        .filter(it -> !it.isEmpty() && it.length() <= Declaration.Keyed.LONGEST_KEY);
  }

  // Only messages of the process' own contract are drawn for it.
  @SuppressWarnings("unchecked")
  private static <M> Optional<String> key(Declaration<M> process, Record message) {
    return process.state().map(it -> it.key().apply((M) message));
  }

  /** The process itself, with one partition: all keys are alike to it. */
  private static <M> Declaration<M> small(Declaration<M> process) {
    return new Declaration<>(
        process.name(),
        process.owner(),
        process.contract(),
        process.dependencies(),
        process.workers(),
        process.state().map(it -> new Declaration.Keyed<>(it.key(), it.storedIn(), 1)),
        process.factory());
  }

  private static <M> Declaration<M> standIn(Declaration<M> process) {
    return new Declaration<>(
        process.name(),
        process.owner(),
        process.contract(),
        List.of(),
        1,
        Optional.empty(),
        new Declaration.Factory.Stateless<M>(_ -> _ -> Reply.none()));
  }
}
