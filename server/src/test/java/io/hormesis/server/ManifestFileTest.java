package io.hormesis.server;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Dependency;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Peer;
import io.hormesis.process.Peers;
import io.hormesis.process.Reply;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Worker;
import io.hormesis.storage.LocalDisk;
import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store knows the shape of what it holds, and code that does not fit is refused. */
class ManifestFileTest {
  private static final Owner OWNER = Owner.named("shop");
  private static final String NEXT =
      "; bring back the code that wrote it, or begin with an empty store";

  @TempDir Path folder;

  /** As it was. */
  public sealed interface Desk {
    record Put(String name, Mark mark) implements Desk, Command<Long> {}
  }

  enum Mark {
    RED,
    BLUE
  }

  record Book(String title, int pages, Mark mark) {}

  record Shelf(List<Book> books, Optional<Shelf> below) {}

  private static final class Was extends ShelfKeeper<Shelf, Desk>
      implements StatefulWorker<Shelf, Desk> {}

  /** What may not. */
  static final class Wrong {
    record Renamed(String name, int pages, Mark mark) {}

    record Narrow(String title, short pages, Mark mark) {}

    record More(String title, int pages, Mark mark, int copies) {}

    enum Colour {
      RED,
      GREEN
    }

    enum Order {
      BLUE,
      RED
    }

    record Coloured(String title, int pages, Colour mark) {}

    record Ordered(String title, int pages, Order mark) {}

    record S1(List<Renamed> books, Optional<S1> below) {}

    record S2(List<Narrow> books, Optional<S2> below) {}

    record S3(List<More> books, Optional<S3> below) {}

    record S4(List<Coloured> books, Optional<S4> below) {}

    record S5(List<Ordered> books, Optional<S5> below) {}

    record S6(Optional<Book> books, Optional<S6> below) {}

    private static final class W1 extends ShelfKeeper<S1, Desk>
        implements StatefulWorker<S1, Desk> {}

    private static final class W2 extends ShelfKeeper<S2, Desk>
        implements StatefulWorker<S2, Desk> {}

    private static final class W3 extends ShelfKeeper<S3, Desk>
        implements StatefulWorker<S3, Desk> {}

    private static final class W4 extends ShelfKeeper<S4, Desk>
        implements StatefulWorker<S4, Desk> {}

    private static final class W5 extends ShelfKeeper<S5, Desk>
        implements StatefulWorker<S5, Desk> {}

    private static final class W6 extends ShelfKeeper<S6, Desk>
        implements StatefulWorker<S6, Desk> {}
  }

  @Test
  void theSameCodeIsTakenAgainAndAgain() throws IOException {
    keep(desk(3, Was::new));
    keep(desk(3, Was::new));
    assertThat(folder.resolve("messages.cbor")).doesNotExist();
  }

  @Test
  void codeThatHasGrownIsTakenAndTheOneBeforeItNoMore() throws IOException {
    keep(desk(3, Was::new));
    keep(desk(GrownShelves.Desk.class, 3, GrownShelves.Keeper::new));
    assertThatThrownBy(() -> keep(desk(3, Was::new)))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessageContaining("(component authors is missing)");
  }

  @Test
  void anotherNumberOfPartitionsIsRefused() throws IOException {
    refused(
        desk(4, Was::new),
        "partitions of desk were 3, but are 4 now: then most keys would be looked for where they are not");
  }

  @Test
  void aRenamedComponentIsRefused() throws IOException {
    refused(
        desk(3, Wrong.W1::new),
        "state of desk, component books was ManifestFileTest.Book(title: String, pages: int, mark: ManifestFileTest.Mark),"
            + " but is ManifestFileTest.Wrong.Renamed(name: String, pages: int, mark: ManifestFileTest.Mark) now (component title is missing)");
  }

  @Test
  void aNarrowerNumberIsRefused() throws IOException {
    refused(
        desk(3, Wrong.W2::new),
        "state of desk, component books, component pages was int, but is short now");
  }

  @Test
  void aNewComponentWithoutADefaultIsRefused() throws IOException {
    refused(desk(3, Wrong.W3::new), " now (component copies is new and has no default)");
  }

  @Test
  void aRenamedConstantIsRefusedAndSoAreTwoThatChangedPlaces() throws IOException {
    refused(
        desk(3, Wrong.W4::new),
        "component mark was ManifestFileTest.Mark(RED, BLUE), but is ManifestFileTest.Wrong.Colour(RED, GREEN) now (constants may only be added at the end)");
    refused(
        desk(3, Wrong.W5::new),
        "but is ManifestFileTest.Wrong.Order(BLUE, RED) now (constants may only be added at the end)");
  }

  @Test
  void anotherContainerIsRefused() throws IOException {
    refused(
        desk(3, Wrong.W6::new),
        "state of desk, component books was List<ManifestFileTest.Book>, but is Optional<ManifestFileTest.Book> now");
  }

  @Test
  void aProcessThatKeepsSomethingMustStay() throws IOException {
    refused(
        Application.named("shop").of(fruit(First.class)),
        "process desk is in the store, but not in the application now");
  }

  @Test
  void aChangedOrderOfMessagesIsRefused() throws IOException {
    keep(Application.named("shop").of(fruit(First.class)));
    assertThatThrownBy(() -> keep(Application.named("shop").of(fruit(Other.class))))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessage(
            "the application must read what its store holds, but does not: message number fruit#1"
                + " was First.Apple, but is Other.Pear now: keep the order of the contract's"
                + " records and add new ones at its end"
                + NEXT);
  }

  /** The bytes are those that the release before wrote for {@link First}. */
  @Test
  void aStoreOfBeforeIsReadAndHasAManifestFromThenOn() throws IOException {
    byte[] before =
        HexFormat.of().parseHex("bf6766727569742331" + "6b46697273742e4170706c65" + "ff");
    write("messages.cbor", before);
    assertThatThrownBy(() -> keep(Application.named("shop").of(fruit(Other.class))))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessage(
            "message number fruit#1 must stay First.Apple, as the store has recorded, but is"
                + " Other.Pear by its contract now: keep the order of the contract's records and"
                + " add new ones at its end");
    keep(Application.named("shop").of(fruit(First.class)));
    assertThat(folder.resolve("messages.cbor")).doesNotExist();
    assertThat(folder.resolve("manifest.cbor")).exists();
  }

  @Test
  void aManifestOfALaterReleaseIsRefused() throws IOException {
    write("manifest.cbor", new byte[] {2, 0});
    assertThatThrownBy(() -> keep(desk(3, Was::new)))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessage("manifest.cbor must have format 1, but has 2: start the release that wrote it");
  }

  @Test
  void aDamagedManifestIsRefused() throws IOException {
    keep(desk(3, Was::new));
    Path file = folder.resolve("manifest.cbor");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> keep(desk(3, Was::new)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("manifest.cbor: damaged: its checksum does not fit");
  }

  @Test
  void aServerWhoseCodeDoesNotFitDoesNotStart() throws IOException {
    try (SmallSystem system = new SmallSystem(folder, desk(3, Was::new))) {
      assertThat(system.server("a1")).isNotNull();
    }
    assertThatCode(() ->
            new SmallSystem(folder, desk(GrownShelves.Desk.class, 3, GrownShelves.Keeper::new))
                .close())
        .doesNotThrowAnyException();
    assertThatThrownBy(() ->
            new SmallSystem(folder, desk(GrownShelves.Desk.class, 5, GrownShelves.Keeper::new)))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessageContaining("partitions of desk were 3, but are 5 now");
  }

  private void refused(Application now, String what) throws IOException {
    keep(desk(3, Was::new));
    assertThatThrownBy(() -> keep(now))
        .isInstanceOf(UnfitStoreException.class)
        .hasMessageStartingWith("the application must read what its store holds, but does not: ")
        .hasMessageContaining(what + NEXT);
  }

  private void keep(Application application) throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      new ManifestFile(disk, new PlainCodec())
          .keep(
              ManifestReader.read(application, _ -> new NoPeers()),
              new MessageRegistry(application));
    }
  }

  private void write(String file, byte[] content) throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      new SmallFile(disk, file).write(content);
    }
  }

  private static <S> Application desk(int partitions, Supplier<StatefulWorker<S, Desk>> worker) {
    return desk(Desk.class, partitions, worker);
  }

  private static <S, M> Application desk(
      Class<M> contract, int partitions, Supplier<StatefulWorker<S, M>> worker) {
    return Application.named("shop")
        .of(
            process("desk")
                .ownedBy(OWNER)
                .contract(contract)
                .keyedBy(Object::toString)
                .partitions(partitions)
                .storedIn(flatFile())
                .worker(worker));
  }

  private static <M> io.hormesis.process.Declaration<M> fruit(Class<M> contract) {
    return process("fruit")
        .ownedBy(OWNER)
        .contract(contract)
        .worker(() -> (Worker<M>) _ -> Reply.none());
  }

  /** A contract as it was. */
  public sealed interface First {
    /** Its first message. */
    record Apple() implements First, Notice {}
  }

  /** A contract in another order. */
  public sealed interface Other {
    /** Now first. */
    record Pear() implements Other, Notice {}

    /** Now second. */
    record Apple() implements Other, Notice {}
  }

  private static final class NoPeers implements Peers {
    @Override
    public <Q, A> Peer<Q, A> to(Dependency<Q, A> dependency) {
      throw new UnsupportedOperationException();
    }
  }
}
