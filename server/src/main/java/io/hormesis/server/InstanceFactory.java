package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.placement.Plan;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.Peers;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Replicas;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Makes what one server hosts: for each place of the plan an instance with its handler. */
final class InstanceFactory {
  /** What answers for a place that is not on this server. */
  static final Host NOT_HERE =
      (_, respond) -> respond.accept(new Response.Elsewhere(Optional.empty()));

  /** Steps of different keys of a partition that may be under way at once. */
  private static final int STEPS = 64;

  private final Application application;
  private final Plan plan;
  private final String server;
  private final ServerPorts ports;
  private final Strand strand;
  private final PlainCodec codec;
  private final Contracts contracts;
  private final Notices notices;
  private final Delivery delivery;
  private final ServerListener listener;

  InstanceFactory(
      Application application,
      Plan plan,
      String server,
      ServerPorts ports,
      Strand strand,
      PlainCodec codec,
      MessageRegistry registry,
      Delivery delivery,
      ServerListener listener) {
    this.application = application;
    this.plan = plan;
    this.server = server;
    this.ports = ports;
    this.strand = strand;
    this.codec = codec;
    this.contracts = new Contracts(registry, codec);
    this.notices = new Notices(registry, codec);
    this.delivery = delivery;
    this.listener = listener;
  }

  /** Fills in the hosts and outboxes of this server. */
  void host(Replicas replicas, Map<Target, Host> hosts, Map<GroupId, NoticeOutbox> outboxes) {
    for (Declaration<?> process : application.processes()) {
      plan.hosts()
          .forEach((place, servers) -> {
            if (place.process().equals(process.name()) && servers.contains(server)) {
              hosts.put(place, host(process, place, replicas, outboxes));
            }
          });
    }
  }

  private <M> Host host(
      Declaration<M> process,
      Target place,
      Replicas replicas,
      Map<GroupId, NoticeOutbox> outboxes) {
    Peers peers =
        new DeclaredPeers(
            process, ask -> ask(process, ask), ports.clock(), ports.workers(), ports.random());
    return switch (process.factory()) {
      case Declaration.Factory.Stateless<?> stateless ->
          instance(
              place,
              process.workers(),
              InstanceFactory::ownKey,
              new StatelessHandler<>(
                  process.name(),
                  code(place, process),
                  contracts,
                  () -> stateless.make().apply(peers)));
      case Declaration.Factory.Stateful<?, ?> stateful -> {
        GroupId group = new GroupId(place.process(), place.partition().orElseThrow());
        Replica replica = replicas.group(group);
        outboxes.put(
            group,
            new NoticeOutbox(replica, strand, ports.clock(), ports.random(), notices, delivery));
        yield instance(
            place,
            STEPS,
            this::keyOf,
            handler(place, code(place, process), replica, stateful, peers));
      }
    };
  }

  private CompletableFuture<CallResult> ask(Declaration<?> process, Ask ask) {
    CompletableFuture<CallResult> ending = delivery.ask(ask);
    listener.asks(process.name(), ask, ending);
    return ending;
  }

  private WorkerRunner code(Target place, Declaration<?> process) {
    return new WorkerRunner(place.toString(), ports.workers(), process, listener::workerFailed);
  }

  private <S, N> Instance.Handler handler(
      Target place,
      WorkerRunner code,
      Replica replica,
      Declaration.Factory.Stateful<S, N> stateful,
      Peers peers) {
    return new StatefulHandler<>(
        place.toString(),
        code,
        contracts,
        codec,
        ports.clock(),
        replica,
        notices,
        () -> stateful.make().apply(peers));
  }

  private Instance instance(
      Target place, int workers, Function<Envelope, String> key, Instance.Handler handler) {
    return new Instance(place.toString(), workers, strand, ports.clock(), key, handler);
  }

  /** Messages to a stateless process never wait for each other. */
  private static String ownKey(Envelope envelope) {
    return envelope.asker() + " " + envelope.call() + " " + envelope.attempt();
  }

  /**
   * The key that a message is about.
   *
   * @throws MalformedMessage when the message is not in the contract
   */
  private String keyOf(Envelope envelope) {
    Contracts.Incoming incoming = contracts.open(envelope);
    return Addressing.key(incoming.word().process(), incoming.message());
  }
}
