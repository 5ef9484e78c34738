package lawless;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static java.time.Duration.ofMillis;

import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Dependency;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import java.util.function.Supplier;

/** Applications whose workers break the rules of the house. */
public final class Lawless {
  private static final Owner OWNER = Owner.named("nobody");

  /** What may be asked of the desk. */
  public sealed interface Desk {
    record Show() implements Desk, Query<String> {}
  }

  /** What the desk asks. */
  public sealed interface Clock {
    record Now() implements Clock, Query<String> {}
  }

  private static final Dependency<Clock.Now, Answer<String>> NOW =
      Dependency.on(Clock.Now.class).within(ofMillis(100)).otherwise(_ -> "late");

  private Lawless() {}

  /** Its worker ends the whole program. */
  public static final class Exits implements Application.Source {
    @Override
    public Application application() {
      return with(() -> message -> {
        System.exit(0);
        return Reply.none();
      });
    }
  }

  /** It ends the whole program before there is anything to run. */
  public static final class ExitsAtOnce implements Application.Source {
    @Override
    public Application application() {
      System.exit(0);
      return new Exits().application();
    }
  }

  /** Its worker never comes back. */
  public static final class Loops implements Application.Source {
    @Override
    public Application application() {
      return with(() -> message -> {
        while (true) {
          Thread.onSpinWait();
        }
      });
    }
  }

  /** Its worker needs a class when it is made. */
  public static final class Lacks implements Application.Source {
    @Override
    public Application application() {
      return with(() -> new Needed());
    }
  }

  /** What a jar may lack. */
  static final class Needed implements Worker<Desk> {
    @Override
    public Reply<?> on(Desk message) {
      return Reply.none();
    }
  }

  private static Application with(Supplier<Worker<Desk>> worker) {
    return Application.named("lawless")
        .of(
            process("desk")
                .ownedBy(OWNER)
                .contract(Desk.class)
                .dependsOn(NOW)
                .worker(_ -> worker.get()),
            process("clock").ownedBy(OWNER).contract(Clock.class).worker(() -> _ -> Reply.none()))
        .routes(get("/desk", Desk.Show.class));
  }
}
