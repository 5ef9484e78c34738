package io.hormesis.cluster;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a server that was declared dead while it lived, as after a long pause: it would not notice
 * by itself. Its keeper starts the next incarnation.
 */
final class Quarantine extends AbstractActor {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private boolean acted;

  static Props props() {
    return Props.create(Quarantine.class, Quarantine::new);
  }

  @Override
  public void preStart() {
    getContext()
        .getSystem()
        .eventStream()
        .subscribe(getSelf(), ThisActorSystemQuarantinedEvent.class);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().match(ThisActorSystemQuarantinedEvent.class, _ -> leave()).build();
  }

  private void leave() {
    if (!acted) {
      acted = true;
      LOG.warn("declared dead by another server: this incarnation ends");
      Cluster cluster = Cluster.get(getContext().getSystem());
      cluster.down(cluster.selfAddress());
    }
  }
}
