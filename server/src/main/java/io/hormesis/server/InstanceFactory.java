package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Target;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.Peers;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Replicas;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes the instances of one server, each with its handler, and the outboxes of its partitions. */
final class InstanceFactory {
  /** Steps of different keys of a partition that may be under way at once. */
  private static final int STEPS = 64;

  private final Application application;
  private final SharedParts parts;
  private final Replicas replicas;
  private final Delivery delivery;
  private final Contracts contracts;
  private final Notices notices;

  InstanceFactory(
      Application application, SharedParts parts, Replicas replicas, Delivery delivery) {
    this.application = application;
    this.parts = parts;
    this.replicas = replicas;
    this.delivery = delivery;
    this.contracts = new Contracts(parts.registry(), parts.codec());
    this.notices = new Notices(parts.registry(), parts.codec());
  }

  /** The instance of a target. */
  Instance make(Target target) {
    Declaration<?> process = process(target);
    return ApplicationLoader.within(
        process.contract().type().getClassLoader(), () -> make(target, process));
  }

  private <M> Instance make(Target target, Declaration<M> process) {
    return switch (process.factory()) {
      case Declaration.Factory.Stateless<?> stateless ->
          instance(
              target,
              process.workers(),
              new StatelessHandler<>(
                  target,
                  runner(target, process),
                  contracts,
                  () -> stateless.make().apply(peers(process))));
      case Declaration.Factory.Stateful<?, ?> stateful ->
          instance(target, STEPS, stateful(target, process, stateful));
    };
  }

  private <S, N> Instance.Handler stateful(
      Target target, Declaration<?> process, Declaration.Factory.Stateful<S, N> stateful) {
    return new StatefulHandler<>(
        target,
        runner(target, process),
        contracts,
        parts.codec(),
        parts.ports().clock(),
        replica(target),
        notices,
        () -> stateful.make().apply(peers(process)));
  }

  /** The outbox of a partition; empty for a process that keeps no state. */
  Optional<NoticeOutbox> outbox(Target target) {
    return target.partition().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NoticeOutbox(
                replica(target),
                parts.strand(),
                parts.ports().clock(),
                parts.ports().random(),
                notices,
                delivery));
  }

  private Replica replica(Target target) {
    return replicas.group(GroupId.of(target));
  }

  private Peers peers(Declaration<?> process) {
    return new DeclaredPeers(
        process, ask -> ask(process, ask), parts.ports().workers(), parts.ports().random());
  }

  private CompletableFuture<CallResult<Object>> ask(Declaration<?> process, Ask ask) {
    return delivery.ask(process.name(), ask);
  }

  private WorkerRunner runner(Target target, Declaration<?> process) {
    return new WorkerRunner(
        target, parts.ports().workers(), process, parts.ports().clock(), parts.signals());
  }

  private Instance instance(Target target, int workers, Instance.Handler handler) {
    return new Instance(
        target, workers, parts.strand(), parts.ports().clock(), parts.signals(), handler);
  }

  private Declaration<?> process(Target target) {
    return application.processes().stream()
        .filter(it -> it.name().equals(target.process()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no process of the application is called " + target));
  }
}
