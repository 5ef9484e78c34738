package io.hormesis.examples.egovernment;

import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.process.Answer;
import io.hormesis.process.Dependency;
import io.hormesis.process.Peer;
import io.hormesis.process.Peers;

/** Peers that answer the tax desk's one question. */
final class FakePeers {
  private FakePeers() {}

  static Peers registryKnowsEveryone() {
    return answering(
        who -> () -> new Answer.Replied<>(new Citizen(who.citizen(), "Ada Lie", "Mill Lane 1")));
  }

  static Peers registryIsLost() {
    return answering(
        who -> () -> new Answer.Defaulted<>(Citizen.unverified(who), "registry is lost"));
  }

  private static Peers answering(Peer<Who, Answer<Citizen>> registry) {
    return new Peers() {
      // The tax desk declares one dependency, and it is this one.
      @SuppressWarnings("unchecked")
      @Override
      public <Q, A> Peer<Q, A> to(Dependency<Q, A> dependency) {
        if (!dependency.equals(TaxDesk.WHO)) {
          throw new AssertionError("not declared: " + dependency);
        }
        return (Peer<Q, A>) registry;
      }
    };
  }

  /** Counts the questions. */
  static final class Counting implements Peers {
    private int asked;

    @Override
    public <Q, A> Peer<Q, A> to(Dependency<Q, A> dependency) {
      Peer<Q, A> peer = registryIsLost().to(dependency);
      return request -> {
        asked++;
        return peer.ask(request);
      };
    }

    int asked() {
      return asked;
    }
  }
}
