package unlike;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.process.Worker;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Applications whose workers look at more than their messages. */
public final class Unlike {
  private static final Owner OWNER = Owner.named("nobody");

  /** What the desk keeps. */
  public sealed interface Desk {
    String name();

    record Put(RequestId id, String name) implements Desk, Command<Long> {}

    record Show(String name) implements Desk, Query<Kept> {}
  }

  public record Kept(long value) {}

  /** What its library says. */
  public sealed interface Library {
    record Version() implements Library, Query<String> {}
  }

  private Unlike() {}

  /** Its worker keeps the time of day. */
  public static final class Clock implements Application.Source {
    @Override
    public Application application() {
      return desk(System::nanoTime);
    }
  }

  /** It counts where all of its workers can. */
  public static final class Counter implements Application.Source {
    private static final AtomicLong COUNT = new AtomicLong();

    @Override
    public Application application() {
      return desk(COUNT::incrementAndGet);
    }
  }

  private static Application desk(Supplier<Long> value) {
    return Application.named("unlike")
        .of(
            process("desk")
                .ownedBy(OWNER)
                .contract(Desk.class)
                .keyedBy(Desk::name)
                .storedIn(flatFile())
                .worker(() -> new DeskWorker(value)))
        .routes(post("/desk", Desk.Put.class), get("/desk/{name}", Desk.Show.class))
        .never("a desk is used", _ -> List.of("as it must"));
  }

  private record DeskWorker(Supplier<Long> value) implements StatefulWorker<Kept, Desk> {
    @Override
    public Kept initial() {
      return new Kept(0);
    }

    @Override
    public Step<Kept> on(Kept kept, Desk message) {
      return switch (message) {
        case Desk.Put put -> {
          long next = value.get();
          yield become(new Kept(next), put.reply(next));
        }
        case Desk.Show show -> keep(show.reply(kept));
      };
    }
  }

  /** Its worker tells of a library that it brings along, and of a service found by its thread. */
  public static final class Brings implements Application.Source {
    @Override
    public Application application() {
      String early = services();
      return Application.named("brings")
          .of(
              process("library")
                  .ownedBy(OWNER)
                  .contract(Library.class)
                  .worker(() -> (Worker<Library>) message -> said(early, message)))
          .routes(get("/version", Library.Version.class));
    }

    private static Reply<?> said(String early, Library message) {
      return switch (message) {
        case Library.Version version ->
            version.reply(tools.jackson.core.Version.text() + "; " + early + "; " + services());
      };
    }

    private static String services() {
      return String.join(
          ", ",
          ServiceLoader.load(Supplier.class).stream().map(it -> it.get().get().toString()).toList());
    }
  }

  /** A service of its own. */
  public static final class Greeting implements Supplier<String> {
    @Override
    public String get() {
      return "found";
    }
  }
}
