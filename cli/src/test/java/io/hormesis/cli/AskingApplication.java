package io.hormesis.cli;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static java.time.Duration.ofMillis;

import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Dependency;
import io.hormesis.process.Owner;
import io.hormesis.process.Peer;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;

/** An application whose desk crashes when nobody answers it. */
public final class AskingApplication implements Application.Source {
  private static final Owner OWNER = Owner.named("somebody");

  /** What may be asked of the desk. */
  public sealed interface Desk {
    record Show() implements Desk, Query<String> {}

    record Checked(long number) implements Desk, Query<String> {
      public Checked {
        if (number != 4_711_000_815L) {
          throw new IllegalArgumentException("number must be odd in a way that nobody guesses");
        }
      }
    }
  }

  /** What may be asked of the desk without a check. */
  public sealed interface Plain {
    record Show() implements Plain, Query<String> {}
  }

  /** What the desk asks. */
  public sealed interface Clock {
    record Now() implements Clock, Query<String> {}
  }

  private static final Dependency<Clock.Now, Answer<String>> NOW =
      Dependency.on(Clock.Now.class).within(ofMillis(100)).otherwise(_ -> "");

  /** One with a message that nobody can guess. */
  public static final class Odd implements Application.Source {
    @Override
    public Application application() {
      return with(process("desk")
              .ownedBy(OWNER)
              .contract(Desk.class)
              .dependsOn(NOW)
              .worker(() -> _ -> Reply.none()))
          .routes(get("/desk/{number}", Desk.Checked.class));
    }
  }

  @Override
  public Application application() {
    return with(
        process("desk")
            .ownedBy(OWNER)
            .contract(Plain.class)
            .dependsOn(NOW)
            .worker(peers -> message -> shown(message, peers.to(NOW))));
  }

  private static Reply<?> shown(Plain message, Peer<Clock.Now, Answer<String>> clock) {
    return switch (message) {
      case Plain.Show show ->
          switch (clock.ask(new Clock.Now()).await()) {
            case Answer.Replied<String> replied -> show.reply(replied.value());
            case Answer.Defaulted<String> _ -> throw new IllegalStateException("what time is it?");
          };
    };
  }

  private static Application with(io.hormesis.process.Declaration<?> desk) {
    return Application.named("asking")
        .of(
            desk,
            process("clock").ownedBy(OWNER).contract(Clock.class).worker(() -> _ -> Reply.none()));
  }
}
