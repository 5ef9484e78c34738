package io.hormesis.simulation.system;

import io.hormesis.server.MailboxFill;
import java.time.Duration;

/** Looks into the mailboxes of all servers while a system runs: none may go over its bounds. */
final class Mailboxes {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final SystemWorld world;

  Mailboxes(SystemWorld world) {
    this.world = world;
  }

  /** Looks from now on, as long as time goes by. */
  void watch() {
    world.servers().forEach(this::look);
    world.time().after(LOOK_EVERY.toNanos(), this::watch);
  }

  private void look(String server) {
    world
        .server(server)
        .running()
        .ifPresent(it -> it.server().mailboxes().forEach(fill -> check(server, fill)));
  }

  void check(String server, MailboxFill fill) {
    if (!fill.withinBounds()) {
      world.violated(
          "mailbox",
          "mailbox of %s at %s must hold at most %d messages of %d bytes, but holds %d of %d"
              .formatted(
                  fill.instance(),
                  server,
                  fill.mostMessages(),
                  fill.mostBytes(),
                  fill.messages(),
                  fill.bytes()));
    }
  }
}
