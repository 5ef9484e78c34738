package io.hormesis.server;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.engine.delivery.Target;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Declaration;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The register of servers: the platform's own process, in which the {@link Topology} is decided. It
 * is declared, placed and replicated like any other, so that no majority, no topology is changed;
 * and all servers go on with the one that they have.
 */
public sealed interface Register {
  /** Its name; no process of an application may have it. */
  String NAME = "hormesis-register";

  /** Its one partition. */
  Target TARGET = Target.of(NAME, 0);

  /** The one key of its state. */
  String KEY = "topology";

  /** A server joins the system. */
  record Join(RequestId id, ServerAddress address) implements Register, Command<Topology> {}

  /** A server is to be emptied, or not any more. */
  record Drain(RequestId id, String server, boolean drains)
      implements Register, Command<Topology> {}

  /** A server that was emptied leaves. */
  record Leave(RequestId id, String server) implements Register, Command<Topology> {}

  /** What is the topology? */
  record Show() implements Register, Query<Topology> {}

  /**
   * An application and the register beside it.
   *
   * @param founded what the topology is before its first change
   * @throws IllegalArgumentException when a process of the application has the register's name
   */
  static Application beside(Application application, Topology founded) {
    List<Declaration<?>> all = new ArrayList<>(application.processes());
    if (all.stream().anyMatch(it -> it.name().equals(NAME))) {
      throw new IllegalArgumentException(
          "processes of %s must not be called %s, for the platform's own register is: rename it"
              .formatted(application.name(), NAME));
    }
    all.add(declaration(founded));
    return new Application(
        application.name(), all, application.routes(), application.apart(), application.damages());
  }

  /** An application without the register beside it. */
  static Application without(Application application) {
    return new Application(
        application.name(),
        application.processes().stream().filter(it -> !it.name().equals(NAME)).toList(),
        application.routes(),
        application.apart(),
        application.damages());
  }

  private static Declaration<Register> declaration(Topology founded) {
    return process(NAME)
        .ownedBy(Owner.named("hormesis"))
        .contract(Register.class)
        .keyedBy(_ -> KEY)
        .partitions(1)
        .storedIn(flatFile())
        .worker(() -> new Worker(founded));
  }

  /** Decides the topology. */
  final class Worker implements StatefulWorker<Topology, Register> {
    private final Topology founded;

    Worker(Topology founded) {
      this.founded = founded;
    }

    @Override
    public Topology initial() {
      return founded;
    }

    @Override
    public Step<Topology> on(Topology now, Register message) {
      return switch (message) {
        case Show show -> keep(show.reply(now));
        case Join join -> join(now, join);
        case Drain drain when now.find(drain.server()).isEmpty() ->
            keep(drain.refuse(unknown(drain.server(), now)));
        case Drain drain -> changed(now.draining(drain.server(), drain.drains()), drain);
        case Leave leave -> leave(now, leave);
      };
    }

    private Step<Topology> join(Topology now, Join join) {
      String name = join.address().name();
      if (now.find(name).filter(it -> it.address().equals(join.address())).isPresent()) {
        return keep(join.reply(now));
      }
      return now.find(name).isPresent()
          ? keep(
              join.refuse(
                  "name of a server that joins must be new, but there is a %s: choose another"
                      .formatted(name)))
          : changed(now.with(join.address()), join);
    }

    private Step<Topology> leave(Topology now, Leave leave) {
      return now.find(leave.server())
          .map(entry ->
              entry.founder()
                  ? keep(
                      leave.refuse(
                          "server %s keeps members of groups, which cannot move yet: only a server that joined later may leave"
                              .formatted(leave.server())))
                  : entry.draining()
                      ? changed(now.without(leave.server()), leave)
                      : keep(
                          leave.refuse(
                              "server %s must be drained before it leaves, but is not: drain it"
                                  .formatted(leave.server()))))
          .orElseGet(() -> keep(leave.reply(now)));
    }

    private Step<Topology> changed(Topology next, Command<Topology> command) {
      return become(next, command.reply(next));
    }

    private static String unknown(String server, Topology now) {
      return "server must be one of %s, but was %s: correct it"
          .formatted(String.join(", ", now.names()), server);
    }
  }
}
