package io.hormesis.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The steps of a declaration, in the order in which they are written. */
public final class Stages {
  private static final int WORKERS = 16;
  private static final int PARTITIONS = 3;

  private Stages() {}

  /** A name that still lacks its owner. */
  @FunctionalInterface
  public interface Owned {

    /** The people who answer for the process. */
    Contracted ownedBy(Owner owner);
  }

  /** A process that still lacks its contract. */
  public record Contracted(String name, Owner owner) {

    /**
     * What others may ask of the process: a sealed interface of records.
     *
     * @throws DeclarationException when it is something else
     */
    public <M> Open<M> contract(Class<M> contract) {
      return new Open<>(name, owner, Contract.of(contract), List.of(), WORKERS);
    }
  }

  /** A process that still lacks its worker; stateless unless it is keyed. */
  public record Open<M>(
      String name,
      Owner owner,
      Contract<M> contract,
      List<Dependency<?, ?>> dependencies,
      int workers) {

    /** Adds requests that its workers make of others. */
    public Open<M> dependsOn(Dependency<?, ?>... more) {
      return new Open<>(name, owner, contract, joined(dependencies, more), workers);
    }

    /** How many messages one instance handles at once; 16 unless it says more. */
    public Open<M> workers(int count) {
      return new Open<>(name, owner, contract, dependencies, count);
    }

    /** Makes the process stateful: one worker for each key. */
    public Keyed<M> keyedBy(Function<? super M, String> key) {
      return new Keyed<>(this, key, PARTITIONS);
    }

    /** The worker, made from its peers. */
    public Declaration<M> worker(Function<Peers, Worker<M>> make) {
      return declared(Optional.empty(), new Declaration.Factory.Stateless<>(make));
    }

    /** The worker, which asks nobody. */
    public Declaration<M> worker(Supplier<Worker<M>> make) {
      return worker(_ -> make.get());
    }

    private Declaration<M> declared(
        Optional<Declaration.Keyed<M>> state, Declaration.Factory factory) {
      return new Declaration<>(name, owner, contract, dependencies, workers, state, factory);
    }
  }

  /** A stateful process that still lacks the technology of its store. */
  public record Keyed<M>(Open<M> open, Function<? super M, String> key, int partitions) {

    /** Into how many parts its keys are cut; 3 unless it says more. */
    public Keyed<M> partitions(int count) {
      return new Keyed<>(open, key, count);
    }

    /** The one line that names the technology of its store. */
    public Stored<M> storedIn(Technology technology) {
      return new Stored<>(open, new Declaration.Keyed<>(key, technology, partitions));
    }
  }

  /** A stateful process that still lacks its worker. */
  public record Stored<M>(Open<M> open, Declaration.Keyed<M> state) {

    /** Adds requests that its workers make of others. */
    public Stored<M> dependsOn(Dependency<?, ?>... more) {
      return new Stored<>(open.dependsOn(more), state);
    }

    /** The worker, made from its peers. */
    public <S> Declaration<M> worker(Function<Peers, StatefulWorker<S, M>> make) {
      return open.declared(Optional.of(state), new Declaration.Factory.Stateful<>(make));
    }

    /** The worker, which asks nobody. */
    public <S> Declaration<M> worker(Supplier<StatefulWorker<S, M>> make) {
      return worker(_ -> make.get());
    }
  }

  private static List<Dependency<?, ?>> joined(
      List<Dependency<?, ?>> some, Dependency<?, ?>... more) {
    List<Dependency<?, ?>> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
