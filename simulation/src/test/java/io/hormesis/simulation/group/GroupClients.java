package io.hormesis.simulation.group;

import io.hormesis.replication.NotCommitted;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Incarnation;
import java.time.Duration;

/**
 * The clients: they ask at times of their own choice, whatever the answers, and never give up on a
 * request: the same one, under the same id, goes to another server until somebody says what became
 * of it.
 */
final class GroupClients {

  private static final Duration ANSWER_LIMIT = Duration.ofMillis(1500);
  private static final int FIRST_YEAR = 1900;
  private static final int YEARS = 60;

  private final GroupWorld world;
  private final Dice dice;
  private final Incarnation life = new Incarnation("citizen", 0);
  private String leader;
  private long requests;
  private int waiting;

  GroupClients(GroupWorld world) {
    this.world = world;
    this.dice = Dice.of(world.seed(), "citizens");
    this.leader = world.anyServer();
  }

  /** How many requests have no answer yet. */
  int waiting() {
    return waiting;
  }

  /** Asks at drawn times until a time. */
  void askUntil(long nanos) {
    Duration every = world.profile().load().every().dividedBy(world.load().present());
    world.load().met();
    long next = world.time().nanos() + dice.until(every).toNanos();
    if (next < nanos) {
      world
          .time()
          .at(
              next,
              () -> {
                ask(draw());
                askUntil(nanos);
              });
    }
  }

  /** Writes once more to a key, in a way that is always accepted. */
  void writeOnceMore(String key) {
    requests++;
    ask(
        world.boxed()
            ? new GroupAsk.File(key, requests, FIRST_YEAR + YEARS + (int) requests)
            : new GroupAsk.Note(key, requests));
  }

  private GroupAsk draw() {
    String key = "k" + dice.below(world.profile().load().keys());
    int choice = dice.below(10);
    if (choice < 4) {
      return new GroupAsk.Read(key);
    }
    requests++;
    return choice < 7 && world.boxed()
        ? new GroupAsk.File(key, requests, FIRST_YEAR + dice.below(YEARS))
        : new GroupAsk.Note(key, requests);
  }

  private void ask(GroupAsk ask) {
    waiting++;
    if (ask instanceof GroupAsk.Write write) {
      world.books().asked(write);
    }
    new Pending(ask, world.books().floor(ask.key())).attempt(leader);
  }

  /** A request that waits for its answer. */
  private final class Pending {

    private final GroupAsk ask;
    private final long floor;
    private boolean done;
    private int attempts;

    Pending(GroupAsk ask, long floor) {
      this.ask = ask;
      this.floor = floor;
    }

    void attempt(String server) {
      attempts++;
      int attempt = attempts;
      world.ask(life, server, ask, answer -> hear(answer, attempt, server));
      world
          .time()
          .after(
              ANSWER_LIMIT.toNanos(),
              () -> {
                if (!done && attempt == attempts) {
                  attempt(world.serverAfter(server));
                }
              });
    }

    private void hear(GroupAnswer answer, int attempt, String from) {
      if (done) {
        return;
      }
      switch (answer) {
        case GroupAnswer.Done finished -> {
          finish(from, finished.version());
          world.books().answered((GroupAsk.Write) ask, finished, floor);
        }
        case GroupAnswer.Found found -> {
          finish(from, found.state().version());
          world.books().read(GroupWorld.DESK, found.state(), floor);
        }
        case GroupAnswer.Wrong wrong -> {
          finish(from, -1);
          world.books().violated(wrong.what());
        }
        case GroupAnswer.No no -> {
          if (attempt == attempts) {
            retry(no, from);
          }
        }
      }
    }

    private void finish(String from, long version) {
      done = true;
      waiting--;
      leader = from;
      world.log().add(EventLog.Kind.ANSWERED, ask.key(), version);
    }

    private void retry(GroupAnswer.No no, String from) {
      String next =
          no.kind() == NotCommitted.Kind.BUSY
              ? leader
              : no.leader().orElseGet(() -> world.serverAfter(from));
      int attempt = ++attempts;
      Duration pause = dice.between(Duration.ofMillis(10), Duration.ofMillis(100));
      world
          .time()
          .after(
              pause.toNanos(),
              () -> {
                if (!done && attempt == attempts) {
                  attempt(next);
                }
              });
    }
  }
}
