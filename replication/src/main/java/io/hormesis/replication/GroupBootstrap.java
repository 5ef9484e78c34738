package io.hormesis.replication;

import io.hormesis.engine.port.Strand;
import io.hormesis.storage.Disk;
import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap of a group on one member: carries out the transitions of {@link BootstrapState},
 * stores them, sends them to the other members and resends them by timer. Opened before anything
 * runs; then on the group's strand only.
 */
final class GroupBootstrap {

  private final MemberConfig setting;
  private final GroupId id;
  private final Strand strand;
  private final Supplier<String> newBirthId;
  private final Callbacks callbacks;
  private final SmallFile birthFile;
  private @Nullable BootstrapState birth;

  /**
   * The callbacks of a bootstrap.
   *
   * @param born the group exists, and this member belongs to it
   * @param waiting why the bootstrap is not complete
   * @param out why this member takes no part
   * @param failed the disk fails
   */
  record Callbacks(
      Born born, Consumer<String> waiting, Consumer<String> out, Consumer<Throwable> failed) {}

  /** Takes a group whose bootstrap has completed, and whose store exists. */
  @FunctionalInterface
  interface Born {
    void born(BootstrapState.Group group) throws IOException;
  }

  GroupBootstrap(
      MemberConfig setting, Strand strand, Supplier<String> newBirthId, Callbacks callbacks) {
    this.setting = setting;
    this.id = setting.plan().id();
    this.strand = strand;
    this.newBirthId = newBirthId;
    this.callbacks = callbacks;
    this.birthFile = new SmallFile(setting.ports().disk(), setting.folder() + "/birth");
  }

  /** Reads the disk; gives the group when its bootstrap completed before. */
  Optional<BootstrapState.Group> open() throws IOException {
    Optional<byte[]> content = birthFile.read();
    BootstrapState found = content.isPresent() ? known(content.get()) : empty();
    birth = found;
    return found.group().filter(_ -> found.stage() == BootstrapState.Stage.BORN);
  }

  private BootstrapState known(byte[] content) throws CorruptStore {
    BootstrapState.BootstrapMessage hello = BootstrapCodec.decode(content);
    List<String> servers =
        hello.group().stream()
            .flatMap(group -> group.members().stream())
            .map(Endpoint::server)
            .toList();
    if (!servers.isEmpty() && !servers.equals(setting.plan().servers())) {
      throw new CorruptStore(
          "the group was born on %s, but the plan names %s: start it with the servers of its birth"
              .formatted(servers, setting.plan().servers()));
    }
    return BootstrapState.of(
        setting.plan(), setting.server(), hello.stage(), hello.self(), hello.group());
  }

  private BootstrapState empty() throws IOException {
    Disk disk = setting.ports().disk();
    if (Journal.exists(disk, setting.folder())) {
      throw new CorruptStore("the record of its birth is lost, but there is a journal");
    }
    Endpoint self = Endpoint.draw(setting.server(), setting.ports().random());
    BootstrapState fresh =
        BootstrapState.of(
            setting.plan(), setting.server(), BootstrapState.Stage.EMPTY, self, Optional.empty());
    birthFile.write(BootstrapCodec.encode(fresh.hello()));
    return fresh;
  }

  /** Sends this member's state to the others, again and again until the bootstrap is complete. */
  void tick() {
    BootstrapState now = birth;
    if (now == null || now.done() || setting.stopped().yes()) {
      return;
    }
    become(now.drawn(newBirthId));
    if (birth != null && !birth.done()) {
      tellAll();
      var _ = strand.schedule(setting.timing().birthRetry(), this::tick);
    }
  }

  private void tellAll() {
    setting.plan().servers().stream()
        .filter(server -> !server.equals(setting.server()))
        .forEach(this::tell);
  }

  private void tell(String server) {
    BootstrapState now = birth;
    if (now != null) {
      byte[] hello = BootstrapCodec.encode(now.hello());
      String born = now.group().map(BootstrapState.Group::id).orElse("");
      setting.sending().add(server, new RaftEnvelope(id, RaftEnvelope.Kind.BIRTH, born, hello));
    }
  }

  /** Handles a message of another member. */
  void hello(String from, BootstrapState.BootstrapMessage hello) {
    BootstrapState now = birth;
    if (now == null) {
      return;
    }
    become(now.on(from, hello, newBirthId));
    boolean asks = hello.stage() != BootstrapState.Stage.BORN;
    if (asks && birth != null && birth.stage() == BootstrapState.Stage.BORN) {
      tell(from); // the born answer, but not each other: that would never end
    }
  }

  private void become(BootstrapState next) {
    boolean moved = birth == null || birth.stage() != next.stage();
    birth = next;
    try {
      if (moved) {
        enter(next);
      }
    } catch (IOException e) {
      callbacks.failed().accept(e);
      return;
    }
    if (moved && next.stage() != BootstrapState.Stage.FAULTED) {
      tellAll();
    }
    if (!next.done()) {
      callbacks.waiting().accept("birth of %s: waiting for %s".formatted(id, next.awaited()));
    }
  }

  /** A new stage is forced before it is told or used. */
  private void enter(BootstrapState next) throws IOException {
    switch (next.stage()) {
      case EMPTY -> {}
      case STORED -> birthFile.write(BootstrapCodec.encode(next.hello()));
      case BORN -> complete(next);
      case FAULTED -> callbacks.out().accept(next.reason());
    }
  }

  /** Nothing was voted before this, so what a crash left of a journal may go. */
  private void complete(BootstrapState born) throws IOException {
    BootstrapState.Group group = born.group().orElseThrow();
    setting.ports().disk().delete(setting.folder() + "/journal");
    try (GroupStore store = GroupStore.open(setting, callbacks.failed())) {
      store.begin(id, group.id(), born.self(), group.members());
    }
    birthFile.write(BootstrapCodec.encode(born.hello()));
    callbacks.born().born(group);
  }
}
