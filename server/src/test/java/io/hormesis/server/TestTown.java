package io.hormesis.server;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.CurrentRequest;
import io.hormesis.process.Declaration;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.process.Worker;
import java.util.concurrent.CountDownLatch;

/** A small application for the tests of a server: tills that count, and a book that is told. */
final class TestTown {
  /** An amount on which a worker of a till waits for {@link #HANGING}. */
  static final long STUCK = 1_313;

  /** What it waits for. */
  static final CountDownLatch HANGING = new CountDownLatch(1);

  private static final Owner OWNER = Owner.named("town");

  static final Declaration<Tills> TILL =
      process("till")
          .ownedBy(OWNER)
          .contract(Tills.class)
          .keyedBy(Tills::name)
          .storedIn(flatFile())
          .worker(TillWorker::new);
  static final Declaration<Books> BOOK =
      process("book")
          .ownedBy(OWNER)
          .contract(Books.class)
          .keyedBy(Books::name)
          .storedIn(flatFile())
          .worker(BookWorker::new);
  static final Declaration<Echoes> ECHO =
      process("echo")
          .ownedBy(OWNER)
          .contract(Echoes.class)
          .worker(() -> (Worker<Echoes>) TestTown::echo);

  private TestTown() {}

  static Application application() {
    return Application.named("town").of(TILL, BOOK, ECHO);
  }

  /** What a till takes. */
  public sealed interface Tills {
    String name();

    /** Adds to a till; refused below zero. */
    record Add(RequestId id, String name, long amount) implements Tills, Command<Sum> {}

    /** What is in a till? */
    record Show(String name) implements Tills, Query<Sum> {}

    /** A till's content. */
    record Sum(long amount) {}
  }

  /** What the book takes. */
  public sealed interface Books {
    String name();

    /** Something was added. */
    record Note(String name, long amount) implements Books, Notice {}

    /** How many notes are there? */
    record Count(String name) implements Books, Query<Total> {}

    /** All notes of a name. */
    record Total(int notes, long amount) {}
  }

  /** What the echo takes. */
  public sealed interface Echoes {
    /** Says it again; crashes on "bad". */
    record Say(String text) implements Echoes, Query<Said> {}

    /** What was said. */
    record Said(String text) {}
  }

  private static Reply<?> echo(Echoes message) {
    return switch (message) {
      case Echoes.Say(String text) when text.equals("bad") ->
          throw new IllegalStateException("a bad word");
      case Echoes.Say(String text) when text.equals("who asks?") ->
          ((Echoes.Say) message).reply(new Echoes.Said(asked()));
      case Echoes.Say say -> say.reply(new Echoes.Said(say.text()));
    };
  }

  private static String asked() {
    CurrentRequest request = CurrentRequest.find().orElseThrow();
    return "%s, trace %s, attempt %d, %s"
        .formatted(
            request.id(),
            request.traceId(),
            request.attempt(),
            request.left().isPositive() ? "in time" : "too late");
  }

  /** Waits until the test lets it go. */
  private static void hang() {
    try {
      HANGING.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class TillWorker implements StatefulWorker<Tills.Sum, Tills> {
    @Override
    public Tills.Sum initial() {
      return new Tills.Sum(0);
    }

    @Override
    public Step<Tills.Sum> on(Tills.Sum sum, Tills message) {
      return switch (message) {
        case Tills.Show show -> keep(show.reply(sum));
        case Tills.Add add when sum.amount() + add.amount() < 0 ->
            keep(add.refuse("a till is never below zero"));
        case Tills.Add add when add.amount() == STUCK -> {
          hang();
          yield added(new Tills.Sum(sum.amount() + add.amount()), add);
        }
        case Tills.Add add -> added(new Tills.Sum(sum.amount() + add.amount()), add);
      };
    }

    private Step<Tills.Sum> added(Tills.Sum next, Tills.Add add) {
      return become(next, add.reply(next)).telling(new Books.Note(add.name(), add.amount()));
    }
  }

  private static final class BookWorker implements StatefulWorker<Books.Total, Books> {
    @Override
    public Books.Total initial() {
      return new Books.Total(0, 0);
    }

    @Override
    public Step<Books.Total> on(Books.Total total, Books message) {
      return switch (message) {
        case Books.Note note ->
            become(
                new Books.Total(total.notes() + 1, total.amount() + note.amount()), Reply.none());
        case Books.Count count -> keep(count.reply(total));
      };
    }
  }
}
