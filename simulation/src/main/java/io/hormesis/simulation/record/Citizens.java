package io.hormesis.simulation.record;

import io.hormesis.replication.NotCommitted;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Life;
import java.time.Duration;

/**
 * The clients: they ask at times of their own choice, whatever the answers, and never give up on a
 * request: the same one, under the same id, goes to another server until somebody says what became
 * of it.
 */
final class Citizens {

  private static final Duration ANSWER_LIMIT = Duration.ofMillis(1500);
  private static final int FIRST_YEAR = 1900;
  private static final int YEARS = 60;

  private final RecordWorld world;
  private final Dice dice;
  private final Life life = new Life("citizen", 0);
  private String leader;
  private long requests;
  private int waiting;

  Citizens(RecordWorld world) {
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
            ? new Ask.File(key, requests, FIRST_YEAR + YEARS + (int) requests)
            : new Ask.Note(key, requests));
  }

  private Ask draw() {
    String key = "k" + dice.below(world.profile().load().keys());
    int choice = dice.below(10);
    if (choice < 4) {
      return new Ask.Read(key);
    }
    requests++;
    return choice < 7 && world.boxed()
        ? new Ask.File(key, requests, FIRST_YEAR + dice.below(YEARS))
        : new Ask.Note(key, requests);
  }

  private void ask(Ask ask) {
    waiting++;
    if (ask instanceof Ask.Write write) {
      world.books().asked(write);
    }
    new Pending(ask, world.books().floor(ask.key())).attempt(leader);
  }

  /** A request that waits for its answer. */
  private final class Pending {

    private final Ask ask;
    private final long floor;
    private boolean done;
    private int attempts;

    Pending(Ask ask, long floor) {
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

    private void hear(Answer answer, int attempt, String from) {
      if (done) {
        return;
      }
      switch (answer) {
        case Answer.Done finished -> {
          finish(from, finished.version());
          world.books().answered((Ask.Write) ask, finished, floor);
        }
        case Answer.Found found -> {
          finish(from, found.state().version());
          world.books().read(RecordWorld.DESK, found.state(), floor);
        }
        case Answer.Wrong wrong -> {
          finish(from, -1);
          world.books().violated(wrong.what());
        }
        case Answer.No no -> {
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

    private void retry(Answer.No no, String from) {
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
