package io.hormesis.cli;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Declaration;
import io.hormesis.process.Dependency;
import io.hormesis.process.History;
import io.hormesis.process.Owner;
import io.hormesis.process.Peer;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * An application with a mistake that shows only among faults: its desk takes the default reply of
 * the readers' list, which nobody gave, for a word that a reader is not barred.
 */
public final class TownLibraryProject implements Application.Source {
  static final String DAMAGE = "a barred reader got a book";
  private static final Owner OWNER = Owner.named("library");

  /** What may be asked of the readers' list. */
  public sealed interface Readers {
    String reader();

    /** May a reader borrow nothing? */
    record Barred(String reader) implements Readers, Query<Boolean> {}
  }

  /** What may be asked of the desk. */
  public sealed interface Loans {
    String reader();

    /** Lends a book. */
    record Lend(RequestId id, String reader, String book) implements Loans, Command<Loan> {}

    /** What does a reader have? */
    record Show(String reader) implements Loans, Query<Lent> {}

    /** A book that was lent. */
    record Loan(String id, String book) {}

    /** What a reader has. */
    record Lent(List<Loan> loans) {}
  }

  static final Dependency<Readers.Barred, Answer<Boolean>> BARRED =
      Dependency.on(Readers.Barred.class).within(Duration.ofMillis(1_200)).otherwise(_ -> false);

  private static final Declaration<Readers> READERS =
      process("readers")
          .ownedBy(OWNER)
          .contract(Readers.class)
          .keyedBy(Readers::reader)
          .storedIn(flatFile())
          .worker(ListOfReaders::new);
  private static final Declaration<Loans> DESK =
      process("desk")
          .ownedBy(OWNER)
          .contract(Loans.class)
          .keyedBy(Loans::reader)
          .storedIn(flatFile())
          .dependsOn(BARRED)
          .worker(peers -> new Desk(peers.to(BARRED)));

  @Override
  public Application application() {
    return Application.named("library")
        .of(READERS, DESK)
        .routes(
            post("/loans", Loans.Lend.class),
            get("/loans/{reader}", Loans.Show.class),
            get("/barred/{reader}", Readers.Barred.class))
        .never(DAMAGE, TownLibraryProject::barredReaders);
  }

  static boolean isBarred(String reader) {
    return reader.startsWith("b");
  }

  private static List<String> barredReaders(History history) {
    return history.acknowledged(Loans.Lend.class).stream()
        .filter(it -> isBarred(it.request().reader()))
        .map(it -> "%s got %s".formatted(it.request().reader(), it.request().book()))
        .toList();
  }

  /** Knows who is barred. */
  static final class ListOfReaders implements StatefulWorker<Optional<String>, Readers> {
    @Override
    public Optional<String> initial() {
      return Optional.empty();
    }

    @Override
    public Step<Optional<String>> on(Optional<String> nothing, Readers message) {
      return switch (message) {
        case Readers.Barred barred -> Step.keep(barred.reply(isBarred(barred.reader())));
      };
    }
  }

  /** Lends to whoever is not barred, as it believes. */
  record Desk(Peer<Readers.Barred, Answer<Boolean>> readers)
      implements StatefulWorker<Loans.Lent, Loans> {
    @Override
    public Loans.Lent initial() {
      return new Loans.Lent(List.of());
    }

    @Override
    public Step<Loans.Lent> on(Loans.Lent lent, Loans message) {
      return switch (message) {
        case Loans.Show show -> Step.keep(show.reply(lent));
        case Loans.Lend lend when barred(lend) -> Step.keep(lend.refuse("barred"));
        case Loans.Lend lend -> {
          Loans.Loan loan = new Loans.Loan(lend.id().value(), lend.book());
          var loans = new ArrayList<>(lent.loans());
          loans.add(loan);
          yield Step.become(new Loans.Lent(List.copyOf(loans)), lend.reply(loan));
        }
      };
    }

    private boolean barred(Loans.Lend lend) {
      return readers.ask(new Readers.Barred(lend.reader())).await().value();
    }
  }

  /** A jar that names this application and its load. */
  static Path jar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      name(jar, Application.Source.class, TownLibraryProject.class);
      name(jar, io.hormesis.trial.Workload.class, LibraryLoad.class);
    }
    return file;
  }

  private static void name(JarOutputStream jar, Class<?> service, Class<?> provider)
      throws IOException {
    jar.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
    jar.write((provider.getName() + "\n").getBytes(StandardCharsets.UTF_8));
    jar.closeEntry();
  }
}
