package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeList;
import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.edge.FailoverClient;
import io.hormesis.edge.FailoverClient.AttemptResult;
import io.hormesis.edge.NoReplyException;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Origin;
import io.hormesis.trial.Bookkeeper;
import io.hormesis.trial.TrialCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who use the system from outside: they send the application's own load, each request at its
 * time whatever became of the ones before, and go from door to door as every client does.
 */
final class Callers implements FailoverClient.Wire {
  static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long HOP_NANOS_LEAST = 200_000;
  private static final long HOP_NANOS_MOST = 3_000_000;

  private final SystemWorld world;
  private final Bookkeeper books;
  private final Dice dice;
  private final FailoverClient client;
  private final List<Try> tries = new ArrayList<>();
  private final Repeats repeats;
  private final Goodput goodput = new Goodput();
  private long malformed;
  private int underWay;

  Callers(SystemWorld world, Bookkeeper books) {
    this.world = world;
    this.books = books;
    dice = Dice.of(world.seed(), "callers");
    client = through(world.servers(), "doors");
    repeats = new Repeats(world, it -> ask(it, _ -> {}));
    // A disk's call that kills its server may have taken time: callers notice then, not before.
    world.onCrash(server -> later(Duration.ZERO, () -> breakOff(server)));
  }

  /**
   * A client that knows some servers' doors, and learns of others.
   *
   * @param stream names the dice that choose among them
   */
  FailoverClient through(List<String> servers, String stream) {
    return new FailoverClient(doors(servers), this, Dice.of(world.seed(), stream).generator());
  }

  /** A client that knows some servers' doors, and never another one. */
  FailoverClient throughOnly(List<String> servers, String stream) {
    return new FailoverClient(
        doors(servers), new Incurious(this), Dice.of(world.seed(), stream).generator());
  }

  private static List<URI> doors(List<String> servers) {
    return servers.stream().map(it -> URI.create("http://" + it)).toList();
  }

  /** Asks no edge for the others. */
  private record Incurious(FailoverClient.Wire wire) implements FailoverClient.Wire {
    @Override
    public long nanos() {
      return wire.nanos();
    }

    @Override
    public void later(Duration pause, Runnable step) {
      wire.later(pause, step);
    }

    @Override
    public CompletableFuture<FailoverClient.AttemptResult> exchange(
        EdgeRequest request, URI edge, Duration limit) {
      Map<String, String> headers = new LinkedHashMap<>(request.headers());
      headers.remove(EdgeList.HEADER);
      return wire.exchange(
          new EdgeRequest(request.method(), request.path(), headers, request.body()), edge, limit);
    }
  }

  /** Sends the load from a time to another, but for what the replay subset leaves out. */
  void callFrom(long from, long until) {
    if (world.plan().perSecond() > 0) {
      callFrom(1, from, until);
    }
  }

  /** In a surge each request comes with some more, a little after it. */
  private void callFrom(long number, long at, long until) {
    if (at >= until) {
      return;
    }
    world
        .time()
        .at(
            at,
            () -> {
              if (world.plan().subset().hasRequest(number)) {
                call("" + number, (_, _) -> {});
                callBesides(number);
              }
              callFrom(number + 1, at + world.plan().everyNanos(), until);
            });
  }

  private void callBesides(long number) {
    int times = world.load().present();
    for (int more = 1; more < times; more++) {
      String name = number + "+" + more;
      world.load().met();
      world
          .time()
          .after(more * (world.plan().everyNanos() / times), () -> call(name, (_, _) -> {}));
    }
  }

  /** How many requests have no end yet. */
  int underWay() {
    return underWay;
  }

  /** How many requests were answered as malformed. */
  long malformed() {
    return malformed;
  }

  /** What became of the load. */
  Goodput goodput() {
    return goodput;
  }

  /** How many replies were heard once more under their key. */
  long repeated() {
    return repeats.repeated();
  }

  /**
   * Sends a call of the load. Each has dice of its own: what is left out changes no other.
   *
   * @param heard gets the call and the reply, if there is one by the deadline
   */
  void call(String name, BiConsumer<TrialCall, Optional<EdgeReply>> heard) {
    String key = "%x-%s".formatted(world.seed(), name);
    TrialCall call = drawn(Dice.of(world.seed(), "request " + name));
    long sentAt = nanos();
    books.sent(key, call, sentAt);
    goodput.sent(sentAt);
    repeats.watch(key);
    send(
        client,
        call.keyed(key),
        (reply, failure) -> {
          note(key, reply, failure);
          goodput.ended(sentAt, nanos(), Optional.ofNullable(reply));
          heard.accept(call, Optional.ofNullable(reply));
        });
  }

  /** A call of the load; nobody sends it. */
  TrialCall drawn(Dice draws) {
    return world.plan().workload().draw(world.seed(), draws.generator(), books.acknowledged());
  }

  private void note(String key, @Nullable EdgeReply reply, @Nullable Throwable failure) {
    if (reply != null) {
      malformed += isMalformed(reply.status()) ? 1 : 0;
      books.replied(key, reply, nanos());
    } else {
      boolean perhapsDone = !(failure instanceof NoReplyException none) || none.perhapsDone();
      books.silent(key, perhapsDone, String.valueOf(failure), nanos());
    }
  }

  /** A worker's refusal and what does not exist are replies to what is well formed. */
  private static boolean isMalformed(int status) {
    return status >= 400 && status < 500 && status != 404 && status != 409;
  }

  /**
   * Asks for something.
   *
   * @param ended gets the reply, if there is one by the deadline
   */
  void ask(EdgeRequest request, Consumer<Optional<EdgeReply>> ended) {
    send(client, request, (reply, _) -> ended.accept(Optional.ofNullable(reply)));
  }

  /** Sends a request; what its end fails with is a failure of the world. */
  void send(
      FailoverClient through,
      EdgeRequest request,
      BiConsumer<@Nullable EdgeReply, @Nullable Throwable> ended) {
    underWay++;
    long begun = nanos();
    var _ =
        through
            .send(request, DEADLINE)
            .handle((reply, failure) -> {
              underWay--;
              checkTime(request, nanos() - begun);
              long status = reply == null ? 0 : reply.status();
              world.log().add(EventLog.Kind.ANSWERED, "callers", status);
              if (world.log().traced()) {
                world.log().tell("callers: %s → %s", text(request), text(reply, failure));
              }
              ended.accept(reply, failure);
              return true;
            })
            .exceptionally(failure -> {
              world.violated(
                  "call",
                  "the end of %s %s failed: %s"
                      .formatted(request.method(), request.path(), Origin.of(failure)));
              return false;
            });
  }

  private void checkTime(EdgeRequest request, long took) {
    if (took > DEADLINE.toNanos()) {
      world.violated(
          "deadline",
          "%s %s must end within %d ms, but took %d ms"
              .formatted(request.method(), request.path(), DEADLINE.toMillis(), took / 1_000_000));
    }
  }

  @Override
  public long nanos() {
    return world.time().nanos();
  }

  @Override
  public void later(Duration pause, Runnable step) {
    world.time().after(pause.toNanos(), step);
  }

  @Override
  public CompletableFuture<AttemptResult> exchange(EdgeRequest request, URI edge, Duration limit) {
    Try one = new Try(edge.getHost(), new CompletableFuture<>());
    tries.add(one);
    later(limit, () -> end(one, AttemptResult.lost("no reply in time")));
    if (world.log().traced()) {
      world.log().tell("callers → %s  %s %s", one.door(), text(request), request.body());
    }
    hop(() -> arrive(one, request, edge));
    return one.ended();
  }

  private void arrive(Try one, EdgeRequest request, URI edge) {
    Optional<SimulatedServer.Running> there = world.server(one.door()).running();
    if (one.ended().isDone()) {
      return;
    }
    if (there.isEmpty()) {
      end(one, AttemptResult.notSent(one.door() + " refused"));
      return;
    }
    AtomicReference<Optional<ObservedHistory.Asked>> asked =
        new AtomicReference<>(Optional.empty());
    var _ =
        there
            .get()
            .answer(request, edge, () -> asked.set(world.told().taken()))
            .thenAccept(it -> hop(() -> hear(one, request, it, asked.get())))
            .exceptionally(failure -> {
              world.violated(
                  "front", "the front of %s failed: %s".formatted(one.door(), Origin.of(failure)));
              return null;
            });
  }

  private void hear(
      Try one, EdgeRequest request, EdgeReply reply, Optional<ObservedHistory.Asked> asked) {
    if (!one.ended().isDone()) {
      asked.filter(it -> repeats.news(request, it)).ifPresent(world.told()::told);
      end(one, AttemptResult.replied(reply));
    }
  }

  /** A server's end breaks its connections. */
  private void breakOff(String server) {
    for (Try one : List.copyOf(tries)) {
      if (one.door().equals(server)) {
        end(one, AttemptResult.lost(server + " broke off"));
      }
    }
  }

  private void end(Try one, AttemptResult how) {
    tries.remove(one);
    one.ended().complete(how);
  }

  private void hop(Runnable arrival) {
    world.time().after(dice.between(HOP_NANOS_LEAST, HOP_NANOS_MOST), arrival);
  }

  private static String text(EdgeRequest request) {
    String key = request.headers().get("Idempotency-Key");
    return "%s %s%s".formatted(request.method(), request.path(), key == null ? "" : " key " + key);
  }

  private static String text(@Nullable EdgeReply reply, @Nullable Throwable failure) {
    if (reply == null) {
      return "no reply: " + (failure == null ? "?" : failure.getMessage());
    }
    String by = reply.isDefault() ? ", default reply" : "";
    return "%d%s from %s %s".formatted(reply.status(), by, reply.edge().getHost(), reply.body());
  }

  /** A request at a door. */
  private record Try(String door, CompletableFuture<AttemptResult> ended) {}
}
