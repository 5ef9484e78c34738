package io.hormesis.process;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A process, declared once and run as several instances: its name, owner, contract, dependencies
 * and worker. Made by {@link #process}.
 *
 * <p>Paper: §3.1. A declaration without an owner, a contract or a worker does not compile.
 *
 * @param workers how many messages one instance of a stateless process handles at once: 1 to 1000
 * @param state how a stateful process keeps its state; empty for a stateless one
 */
public record Declaration<M>(
    String name,
    Owner owner,
    Contract<M> contract,
    List<Dependency<?, ?>> dependencies,
    int workers,
    Optional<Keyed<M>> state,
    Factory factory) {

  public Declaration {
    Names.check("process", name);
    dependencies = List.copyOf(dependencies);
    Limits.check("workers of " + name, workers, 1, 1000);
    if (state.isPresent()) {
      Limits.check("partitions of " + name, state.get().partitions(), 1, 64);
    }
  }

  /** Starts the declaration of a process. */
  public static Stages.Owned process(String name) {
    Names.check("process", name);
    return owner -> new Stages.Contracted(name, owner);
  }

  /** Whether its instances keep state by key. */
  public boolean stateful() {
    return state.isPresent();
  }

  /**
   * How a stateful process keeps its state.
   *
   * @param key the key that a message is about: 1 to 200 characters
   * @param partitions into how many parts the keys are cut: 1 to 64; never changes once there is
   *     state
   */
  public record Keyed<M>(Function<? super M, String> key, Technology storedIn, int partitions) {
    /** How many characters a key may have. */
    public static final int LONGEST_KEY = 200;
  }

  /** Makes a worker. */
  public sealed interface Factory {

    /** Makes workers of a stateless process. */
    record Stateless<M>(Function<Peers, Worker<M>> make) implements Factory {}

    /** Makes workers of a stateful process. */
    record Stateful<S, M>(Function<Peers, StatefulWorker<S, M>> make) implements Factory {}
  }
}
