package io.hormesis.edge;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Takes requests from door to door until one has its reply: what is done next is decided by {@link
 * EdgeSelector} and {@link RetryState}, how a request gets to a door and back is the {@link
 * Wire}'s. {@link EdgeClient} puts it over HTTP, the simulation over virtual time. Thread-safe.
 *
 * <p>Which doors there are it learns from the replies (see {@link EdgeList}); when none of those
 * can be reached any more, it begins again with those that it was made with.
 */
public final class FailoverClient {
  private static final int REFUSED = 503;

  private final EdgeList named;
  private final Wire wire;
  private final RandomGenerator random;
  private final Object lock = new Object();
  private final RetryWindow budget;
  private EdgeList edges;
  private EdgeSelector doors;

  /**
   * A client of these edges, until one of them tells of others.
   *
   * @param random for the first door and for pauses; must not be used elsewhere then
   */
  public FailoverClient(List<URI> edges, Wire wire, RandomGenerator random) {
    this.named = new EdgeList(0, edges);
    this.wire = wire;
    this.random = random;
    this.budget = new RetryWindow(wire.nanos());
    this.edges = named;
    this.doors =
        EdgeSelector.open(named.edges().size(), random.nextInt(Math.max(1, named.edges().size())));
  }

  /** How a request gets to a door and back, and the time that this takes. */
  public interface Wire {

    /** Nanoseconds of one monotonic clock. */
    long nanos();

    /** Runs a step after a pause, which may be none. */
    void later(Duration pause, Runnable step);

    /** Tries one door; the future ends within the limit. */
    CompletableFuture<AttemptResult> exchange(EdgeRequest request, URI edge, Duration limit);
  }

  /** How one try ended, with the reply if there was one. */
  public static final class AttemptResult {
    private final RetryState.Outcome outcome;
    private final Optional<EdgeReply> reply;
    private final String why;

    private AttemptResult(RetryState.Outcome outcome, Optional<EdgeReply> reply, String why) {
      this.outcome = outcome;
      this.reply = reply;
      this.why = why;
    }

    /** With a reply. */
    public static AttemptResult replied(EdgeReply reply) {
      RetryState.Outcome outcome =
          reply.status() != REFUSED
              ? new RetryState.Outcome.Replied()
              : reply
                      .header(Problem.REFUSED)
                      .flatMap(ProblemKind::of)
                      .filter(ProblemKind::maySucceedElsewhere)
                      .isPresent()
                  ? new RetryState.Outcome.Elsewhere()
                  : new RetryState.Outcome.Refused();
      return new AttemptResult(
          outcome, Optional.of(reply), reply.edge() + " refused it after a try that got no reply");
    }

    /** The door certainly did not get it. */
    public static AttemptResult notSent(String why) {
      return new AttemptResult(new RetryState.Outcome.NotSent(), Optional.empty(), why);
    }

    /** Nobody knows: the connection broke, or the try's time was up. */
    public static AttemptResult lost(String why) {
      return new AttemptResult(new RetryState.Outcome.Lost(), Optional.empty(), why);
    }
  }

  /**
   * Sends a request; never blocks.
   *
   * @param within how long a reply is of use, all tries included
   * @return the last reply, whatever its status; fails with a {@link NoReplyException} by the
   *     deadline when there is none, or only a refusal (503) after a try that was perhaps done
   * @throws IllegalArgumentException when the request cannot be sent as it is, whoever listens
   */
  public CompletableFuture<EdgeReply> send(EdgeRequest request, Duration within) {
    FailoverCall failover = new FailoverCall(request, begin(request, within));
    failover.attempt();
    return failover.result;
  }

  private RetryState begin(EdgeRequest request, Duration within) {
    long now = wire.nanos();
    synchronized (lock) {
      budget.sent(now);
      return RetryState.begin(
          edges.edges().size(), request.repeatable(), request.changes(), within, now);
    }
  }

  /** Where a request goes next, and the version of the list that says so. */
  private record Destination(URI edge, long version) {}

  private Destination choose(Set<URI> been, long now) {
    synchronized (lock) {
      Set<Integer> tried =
          been.stream().map(edges.edges()::indexOf).collect(Collectors.toUnmodifiableSet());
      EdgeSelector.Choice choice = doors.choose(tried, now);
      doors = choice.after();
      return new Destination(edges.edges().get(choice.door()), edges.version());
    }
  }

  /** Learns from how a try ended. */
  private RetryState.Next decide(RetryState sending, URI edge, AttemptResult tried, long now) {
    synchronized (lock) {
      note(edge, tried, now);
      tried
          .reply
          .flatMap(it -> it.header(EdgeList.HEADER))
          .flatMap(EdgeList::parse)
          .filter(it -> it.version() > edges.version())
          .ifPresent(this::learn);
      RetryState.Next next =
          sending.after(tried.outcome, now, random.nextDouble(), budget.hasRoom(now));
      boolean sentAgain = !(tried.outcome instanceof RetryState.Outcome.NotSent);
      if (next instanceof RetryState.Next.Again && sentAgain) {
        budget.sentAgain(now);
      }
      return next;
    }
  }

  private void note(URI edge, AttemptResult tried, long now) {
    int door = edges.edges().indexOf(edge);
    if (door < 0) {
      return;
    }
    boolean serves =
        tried.reply.isPresent() && !(tried.outcome instanceof RetryState.Outcome.Elsewhere);
    doors = serves ? doors.replied(door) : doors.failed(door, now);
    if (doors.allFailed() && !edges.equals(named)) {
      learn(named);
    }
  }

  private void learn(EdgeList news) {
    doors = doors.changed(news.edges().stream().map(edges.edges()::indexOf).toList());
    edges = news;
  }

  /**
   * One request on its way from door to door. A door that says nothing is left for another one, but
   * not forgotten: the first real reply counts, wherever it comes from. Else, in an overload, what
   * a slow door has nearly done would be thrown away because the next one refuses it.
   */
  private final class FailoverCall {
    private final EdgeRequest request;
    private final CompletableFuture<EdgeReply> result = new CompletableFuture<>();
    private final Set<URI> been = new HashSet<>();
    private RetryState sending;

    /** How many tries may still bring a reply. */
    private int open;

    /** Says how it ends when none does, once no further try will be made. */
    private Optional<Runnable> lastWord = Optional.empty();

    FailoverCall(EdgeRequest request, RetryState sending) {
      this.request = request;
      this.sending = sending;
    }

    synchronized void attempt() {
      long now = wire.nanos();
      Destination to = choose(been, now);
      been.add(to.edge());
      open++;
      Try begun = new Try(to.edge());
      Duration left = sending.left(now);
      Duration share = sending.tryLimit(now);
      wire.exchange(request.with(EdgeList.HEADER, String.valueOf(to.version())), to.edge(), left)
          .thenAccept(it -> ended(begun, it))
          .exceptionally(failure -> {
            result.completeExceptionally(failure);
            return null;
          });
      if (!begun.over && share.compareTo(left) < 0) {
        wire.later(share, () -> silent(begun, share));
      }
    }

    private synchronized void silent(Try one, Duration share) {
      if (!one.over) {
        one.over = true;
        goOn(
            one.edge,
            AttemptResult.lost("%s said nothing for %d ms".formatted(one.edge, share.toMillis())));
      }
    }

    private synchronized void ended(Try one, AttemptResult tried) {
      open--;
      if (!one.over) {
        one.over = true;
        goOn(one.edge, tried);
      } else {
        endedLate(one.edge, tried);
      }
    }

    private void endedLate(URI edge, AttemptResult tried) {
      if (tried.outcome instanceof RetryState.Outcome.Replied) {
        synchronized (lock) {
          note(edge, tried, wire.nanos());
        }
        result.complete(tried.reply.orElseThrow());
      }
      settle();
    }

    private void goOn(URI edge, AttemptResult tried) {
      switch (decide(sending, edge, tried, wire.nanos())) {
        case RetryState.Next.Done _ -> {
          EdgeReply reply = tried.reply.orElseThrow();
          if (tried.outcome instanceof RetryState.Outcome.Replied) {
            result.complete(reply);
          }
          lastWord = Optional.of(() -> result.complete(reply));
        }
        case RetryState.Next.GiveUp(var after) -> {
          NoReplyException none = noReply(after, tried.why);
          lastWord = Optional.of(() -> result.completeExceptionally(none));
        }
        case RetryState.Next.Again(var after, var pause) -> {
          sending = after;
          wire.later(pause, this::attempt);
        }
      }
      settle();
    }

    private void settle() {
      if (open == 0) {
        lastWord.ifPresent(Runnable::run);
      }
    }

    private NoReplyException noReply(RetryState after, String why) {
      return new NoReplyException(
          "%s %s must get a reply from one of %d edges, but got none (%s): %s"
              .formatted(
                  request.method(),
                  request.path(),
                  sending.doors(),
                  why,
                  after.perhapsDone()
                      ? "perhaps it was done, ask again under the same key"
                      : "it was not done, see whether the system runs"),
          after.perhapsDone());
    }
  }

  /** A try at a door. */
  private static final class Try {
    private final URI edge;

    /** Whether it has ended, or another one was begun in its place. */
    private boolean over;

    Try(URI edge) {
      this.edge = edge;
    }
  }
}
