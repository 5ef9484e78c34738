package io.hormesis.process;

/** The peers that a worker's declaration names: its only way to the world outside. */
@FunctionalInterface
public interface Peers {

  /**
   * The peer behind a declared dependency.
   *
   * @throws DeclarationException when the declaration does not name it
   */
  <Q, A> Peer<Q, A> to(Dependency<Q, A> dependency);
}
