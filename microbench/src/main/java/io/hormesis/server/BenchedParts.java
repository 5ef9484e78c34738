package io.hormesis.server;

import static io.hormesis.process.Declaration.process;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Priority;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Workers;
import io.hormesis.process.Application;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Worker;
import io.hormesis.storage.Disk;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the inner classes of a server share, on the one thread of whoever measures them. */
final class BenchedParts {
  /** The server's name. */
  static final String SERVER = "a1";

  /** Time stands still, for what it costs to ask for it is not what is measured. */
  static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private static final Application ECHO =
      Application.named("echo")
          .of(
              process("echo")
                  .ownedBy(Owner.named("bench"))
                  .contract(Echo.class)
                  .worker(() ->
                      (Worker<Echo>)
                          message ->
                              switch (message) {
                                case Echo.Say say -> say.reply(new Echo.Said(say.text()));
                              }));

  private final OwnThread strand = new OwnThread();
  private final SharedParts parts;
  private final Addressing addressing;
  private final AddressedMessage message;

  BenchedParts(Signals signals) {
    SplittableRandom random = new SplittableRandom(1);
    MessageRegistry registry = new MessageRegistry(ECHO);
    PlainCodec codec = new PlainCodec();
    ServerPorts ports =
        new ServerPorts(
            unused(Carrier.class),
            CLOCK,
            _ -> strand,
            unused(Workers.class),
            random,
            unused(Disk.class));
    this.parts = new SharedParts(SERVER, ports, strand, codec, registry, signals);
    this.addressing = new Addressing(registry, codec, "x"::repeat);
    RequestContext context = RequestContext.begin(Trace.begin(random), Priority.REQUEST);
    this.message =
        addressing.address(
            "edge", new Ask(new Echo.Say("hello"), Duration.ofSeconds(2), context), 0);
  }

  SharedParts parts() {
    return parts;
  }

  OwnThread strand() {
    return strand;
  }

  Addressing addressing() {
    return addressing;
  }

  /** A query, addressed. */
  AddressedMessage message() {
    return message;
  }

  /** A port that the measured path has no use for. */
  static <T> T unused(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, _) -> {
              throw new IllegalStateException(
                  "%s must not be used on the measured path, but its %s was"
                      .formatted(port.getSimpleName(), method.getName()));
            }));
  }

  /** What the only process takes. */
  public sealed interface Echo {
    /** Says it again. */
    record Say(String text) implements Echo, Query<Said> {}

    /** What was said. */
    record Said(String text) {}
  }

  /** A strand whose tasks wait until its thread runs them. */
  static final class OwnThread implements Strand {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    /** Time stands still, so its time never comes. */
    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return () -> {};
    }

    /** Runs what waits, until nothing does. */
    void run() {
      for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }
}
