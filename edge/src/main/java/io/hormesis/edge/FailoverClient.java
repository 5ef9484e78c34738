package io.hormesis.edge;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Takes requests from door to door until one has its reply: what is done next is decided by {@link
 * EdgeSelector} and {@link RetryState}, how a request gets to a door and back is the {@link
 * Wire}'s. {@link EdgeClient} puts it over HTTP, the simulation over virtual time. Thread-safe.
 */
public final class FailoverClient {
  private static final int REFUSED = 503;

  private final List<URI> edges;
  private final Wire wire;
  private final RandomGenerator random;
  private final Object lock = new Object();
  private EdgeSelector doors;

  /**
   * Errands to these edges.
   *
   * @param random for the first door and for pauses; must not be used elsewhere then
   */
  public FailoverClient(List<URI> edges, Wire wire, RandomGenerator random) {
    this.edges = List.copyOf(edges);
    this.wire = wire;
    this.random = random;
    this.doors = EdgeSelector.open(edges.size(), random.nextInt(Math.max(1, edges.size())));
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
      return reply.status() == REFUSED
          ? new AttemptResult(
              new RetryState.Outcome.Refused(retryAfter(reply)),
              Optional.of(reply),
              reply.edge() + " refused it after a try that got no reply")
          : new AttemptResult(new RetryState.Outcome.Replied(), Optional.of(reply), "a reply");
    }

    /** The door certainly did not get it. */
    public static AttemptResult notSent(String why) {
      return new AttemptResult(new RetryState.Outcome.NotSent(), Optional.empty(), why);
    }

    /** Nobody knows: the connection broke, or the try's time was up. */
    public static AttemptResult lost(String why) {
      return new AttemptResult(new RetryState.Outcome.Lost(), Optional.empty(), why);
    }

    private static Optional<Duration> retryAfter(EdgeReply reply) {
      return reply
          .header("Retry-After")
          .filter(it -> it.matches("[0-9]{1,4}"))
          .map(it -> Duration.ofSeconds(Long.parseLong(it)));
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
    RetryState begun =
        RetryState.begin(
            edges.size(), request.repeatable(), request.changes(), within, wire.nanos());
    FailoverCall failover = new FailoverCall(request, begun);
    failover.attempt();
    return failover.result;
  }

  private int choose(Set<Integer> been, long now) {
    synchronized (lock) {
      EdgeSelector.Choice choice = doors.choose(been, now);
      doors = choice.after();
      return choice.door();
    }
  }

  private double noted(int door, boolean replied, long now) {
    synchronized (lock) {
      doors = replied ? doors.replied(door) : doors.failed(door, now);
      return random.nextDouble();
    }
  }

  /** One request on its way from door to door; only one step of it runs at a time. */
  private final class FailoverCall {
    private final EdgeRequest request;
    private final CompletableFuture<EdgeReply> result = new CompletableFuture<>();
    private final Set<Integer> been = new HashSet<>();
    private RetryState sending;

    FailoverCall(EdgeRequest request, RetryState sending) {
      this.request = request;
      this.sending = sending;
    }

    void attempt() {
      long now = wire.nanos();
      int door = choose(been, now);
      been.add(door);
      wire.exchange(request, edges.get(door), sending.tryLimit(now))
          .thenAccept(it -> ended(door, it))
          .exceptionally(failure -> {
            result.completeExceptionally(failure);
            return null;
          });
    }

    private void ended(int door, AttemptResult tried) {
      long now = wire.nanos();
      double dice = noted(door, tried.reply.isPresent(), now);
      switch (sending.after(tried.outcome, now, dice)) {
        case RetryState.Next.Done _ -> result.complete(tried.reply.orElseThrow());
        case RetryState.Next.GiveUp(var after) ->
            result.completeExceptionally(noReply(after, tried.why));
        case RetryState.Next.Again(var after, var pause) -> {
          sending = after;
          wire.later(pause, this::attempt);
        }
      }
    }

    private NoReplyException noReply(RetryState after, String why) {
      return new NoReplyException(
          "%s %s must get a reply from one of %d edges, but got none (%s): %s"
              .formatted(
                  request.method(),
                  request.path(),
                  edges.size(),
                  why,
                  after.perhapsDone()
                      ? "perhaps it was done, ask again under the same key"
                      : "it was not done, see whether the system runs"),
          after.perhapsDone());
    }
  }
}
