package io.hormesis.simulation.sweep;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static io.hormesis.process.Technology.flatFile;
import static java.time.Duration.ofMillis;

import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Declaration;
import io.hormesis.process.Dependency;
import io.hormesis.process.Outcome;
import io.hormesis.process.Owner;
import io.hormesis.process.Peer;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Worker;
import java.util.function.Function;

/** An office in which one desk asks others, and whose code is a test's. */
final class Office {
  static final Owner OWNER = Owner.named("clerks");

  private Office() {}

  /** What may be asked of the desk. */
  sealed interface Desk {
    String name();

    record Show(String name) implements Desk, Query<String> {}

    record File(RequestId id, String name) implements Desk, Command<String> {}
  }

  /** What the desk asks of others. */
  sealed interface Registry {
    record Who(String name) implements Registry, Query<String> {}
  }

  /** What the desk asks of others. */
  sealed interface Archive {
    record Fetch(String name) implements Archive, Query<String> {}

    record Keep(RequestId id, String name) implements Archive, Command<String> {}
  }

  static final Dependency<Registry.Who, Answer<String>> WHO =
      Dependency.on(Registry.Who.class).within(ofMillis(200)).otherwise(_ -> "nobody");
  static final Dependency<Archive.Fetch, Answer<String>> FETCH =
      Dependency.on(Archive.Fetch.class).within(ofMillis(400)).otherwise(_ -> "nothing");
  static final Dependency<Archive.Keep, Outcome<String>> KEEP =
      Dependency.onCommand(Archive.Keep.class).within(ofMillis(1200)).orRefused();

  /** All that the desk may ask. */
  record Others(
      Peer<Registry.Who, Answer<String>> registry,
      Peer<Archive.Fetch, Answer<String>> archive,
      Peer<Archive.Keep, Outcome<String>> keeper) {

    String who(Desk desk) {
      return shown(registry.ask(new Registry.Who(desk.name())).await());
    }

    String fetched(Desk desk) {
      return shown(archive.ask(new Archive.Fetch(desk.name())).await());
    }

    Outcome<String> kept(Desk desk) {
      return keeper.ask(new Archive.Keep(new RequestId("k"), desk.name())).await();
    }

    /** Empty when it is a default reply. */
    private static String shown(Answer<String> answer) {
      return switch (answer) {
        case Answer.Replied<String> _ -> "real";
        case Answer.Defaulted<String>(_, String reason) -> reason;
      };
    }
  }

  /** An office whose desk keeps nothing. */
  static Application stateless(Function<Others, Worker<Desk>> code) {
    return office(
        process("desk")
            .ownedBy(OWNER)
            .contract(Desk.class)
            .dependsOn(WHO, FETCH, KEEP)
            .worker(
                peers -> code.apply(new Others(peers.to(WHO), peers.to(FETCH), peers.to(KEEP)))));
  }

  /**
   * An office whose desk asks only what has a default reply, and whose callers wait no longer than
   * it does.
   */
  static Application asking(Function<Others, Worker<Desk>> code) {
    return office(
            process("desk")
                .ownedBy(OWNER)
                .contract(Desk.class)
                .dependsOn(WHO, FETCH)
                .worker(peers ->
                    code.apply(
                        new Others(
                            peers.to(WHO),
                            peers.to(FETCH),
                            _ -> {
                              throw new IllegalStateException("nobody keeps");
                            }))))
        .routes(get("/desk", Desk.Show.class).within(ofMillis(400)));
  }

  /** An office whose desk keeps something of each name. */
  static <S> Application stateful(Function<Others, StatefulWorker<S, Desk>> code) {
    return office(
        process("desk")
            .ownedBy(OWNER)
            .contract(Desk.class)
            .keyedBy(Desk::name)
            .storedIn(flatFile())
            .dependsOn(WHO, FETCH, KEEP)
            .worker(
                peers -> code.apply(new Others(peers.to(WHO), peers.to(FETCH), peers.to(KEEP)))));
  }

  private static Application office(Declaration<Desk> desk) {
    Declaration<Registry> registry =
        process("registry").ownedBy(OWNER).contract(Registry.class).worker(() -> _ -> Reply.none());
    Declaration<Archive> archive =
        process("archive").ownedBy(OWNER).contract(Archive.class).worker(() -> _ -> Reply.none());
    return Application.named("office")
        .of(desk, registry, archive)
        .routes(post("/desk", Desk.File.class), get("/desk", Desk.Show.class));
  }
}
