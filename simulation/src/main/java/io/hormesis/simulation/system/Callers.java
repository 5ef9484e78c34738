package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.trial.Bookkeeper;
import io.hormesis.trial.Call;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Those who use the system from outside: they send the application's own load, each request at its
 * time whatever became of the ones before, and go to another door when one is closed or breaks off.
 */
final class Callers {
  static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int TRIES = 6;
  private static final long HOP_NANOS_LEAST = 200_000;
  private static final long HOP_NANOS_MOST = 3_000_000;

  private final SystemWorld world;
  private final Bookkeeper books;
  private final Dice dice;
  private final Dice draws;
  private final Set<Errand> underWay = new HashSet<>();
  private long sent;
  private long errands;

  Callers(SystemWorld world, Bookkeeper books) {
    this.world = world;
    this.books = books;
    dice = Dice.of(world.seed(), "callers");
    draws = Dice.of(world.seed(), "load");
    world.onCrash(this::brokenOff);
  }

  /** Sends the load from a time to another. */
  void callFrom(long from, long until) {
    long every = Duration.ofSeconds(1).toNanos() / world.plan().perSecond();
    for (long at = from; at < until; at += every) {
      world.time().at(at, this::call);
    }
  }

  /** How many requests have no end yet. */
  int underWay() {
    return underWay.size();
  }

  private void call() {
    String key = "%x-%d".formatted(world.seed(), ++sent);
    Call call = world.plan().workload().draw(world.seed(), draws.generator(), books.recall());
    books.sent(key, call, world.time().nanos());
    ask(
        call.keyed(key),
        (reply, perhapsDone) ->
            reply.ifPresentOrElse(
                it -> books.replied(key, it, world.time().nanos()),
                () -> books.silent(key, perhapsDone, "no reply in time", world.time().nanos())));
  }

  /**
   * Sends a request; it ends by the deadline.
   *
   * @param ended gets the reply, and, when there is none, whether a door may have got the request
   */
  void ask(EdgeRequest request, BiConsumer<Optional<EdgeReply>, Boolean> ended) {
    Errand errand = new Errand(request, ended);
    underWay.add(errand);
    world.time().after(DEADLINE.toNanos(), errand::timeIsUp);
    errand.knock();
  }

  /** A server's end breaks its connections. */
  private void brokenOff(String server) {
    underWay.stream()
        .filter(it -> it.at.equals(server))
        .sorted((one, other) -> Long.compare(one.number, other.number))
        .toList()
        .forEach(Errand::brokenOff);
  }

  /** One request on its way from door to door. */
  private final class Errand {
    private final long number = ++errands;
    private final EdgeRequest request;
    private final BiConsumer<Optional<EdgeReply>, Boolean> ended;
    private String at = "";
    private int tries;
    private boolean perhapsDone;
    private boolean over;

    Errand(EdgeRequest request, BiConsumer<Optional<EdgeReply>, Boolean> ended) {
      this.request = request;
      this.ended = ended;
    }

    void knock() {
      int attempt = ++tries;
      if (attempt > TRIES) {
        end(Optional.empty());
        return;
      }
      String door = dice.pick(world.servers());
      at = door;
      world.time().after(hop(), () -> arrive(door, attempt));
    }

    private void arrive(String door, int attempt) {
      if (over || attempt != tries) {
        return;
      }
      Optional<SimulatedServer.Running> there = world.server(door).running();
      if (there.isEmpty()) {
        knock(); // the connection is refused
        return;
      }
      perhapsDone = true;
      CompletableFuture<EdgeReply> reply =
          there.get().front().answer(request, URI.create("http://" + door));
      Optional<Told.Asked> asked = world.told().taken();
      var _ = reply.thenAccept(it -> world.time().after(hop(), () -> hear(it, asked, attempt)));
    }

    private void hear(EdgeReply reply, Optional<Told.Asked> asked, int attempt) {
      if (!over && attempt == tries) {
        asked.ifPresent(world.told()::told);
        end(Optional.of(reply));
      }
    }

    void brokenOff() {
      if (!over) {
        knock();
      }
    }

    void timeIsUp() {
      if (!over) {
        end(Optional.empty());
      }
    }

    private void end(Optional<EdgeReply> reply) {
      over = true;
      underWay.remove(this);
      world.log().add(EventLog.Kind.ANSWERED, at, reply.map(EdgeReply::status).orElse(0));
      ended.accept(reply, perhapsDone);
    }
  }

  private long hop() {
    return dice.between(HOP_NANOS_LEAST, HOP_NANOS_MOST);
  }
}
