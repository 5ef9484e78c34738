package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the books of one run for whoever sends its calls, in whatever time: it is told of every
 * call when it is sent and when it ends, and says in the end what must be read back, what was lost,
 * doubled or untrue, and whether the history is linearizable. It sends nothing, waits for nothing
 * and reads no clock; the same calls give the same books. For one thread.
 *
 * <p>Keys name calls, each once in a run; that of a write is its {@code Idempotency-Key}. Times are
 * nanoseconds since the run began. The system must be empty when it begins, for the history.
 *
 * <p>In the end, once the system is at rest: read what {@link #audit()} asks for, then ask for the
 * {@link #account} and the {@link #history()}.
 */
public final class Bookkeeper {
  private final TrialBooks books = new TrialBooks();
  private final RequestRecorder recorder;
  private final Audit audit;
  private final Optional<? extends HistoryRecorder<?, ?, ?>> history;
  private final Map<String, Sent> underWay = new LinkedHashMap<>();

  /**
   * Opens the books.
   *
   * @param load one that is a {@link Workload} has its writes read back
   * @param deadline a reply that comes later counts as none, but what it promises holds
   */
  public Bookkeeper(Load load, Duration deadline) {
    Optional<Workload> workload =
        load instanceof Workload known ? Optional.of(known) : Optional.empty();
    recorder = new RequestRecorder(load, deadline.toNanos(), books, new Faults(), _ -> {});
    audit = new Audit(workload, books);
    history = workload.flatMap(Workload::referenceModel).map(Bookkeeper::recorder);
  }

  private static <S, I, O> HistoryRecorder<S, I, O> recorder(ReferenceModel<S, I, O> model) {
    return new HistoryRecorder<>(model);
  }

  /** What the load may remember of its own writes, for {@link Load#draw}. */
  public AcknowledgedWrites acknowledged() {
    return books;
  }

  /**
   * A call is sent; its latency counts from now.
   *
   * @throws IllegalStateException when a write has the key of another
   */
  public void sent(String key, TrialCall call, long atNanos) {
    var sent = new Sent(key, call, atNanos, atNanos);
    if (underWay.putIfAbsent(key, sent) != null) {
      throw new IllegalStateException(
          "key must be new for every call, but %s is under way: give it another".formatted(key));
    }
    recorder.sent(sent);
  }

  /** A call ended with a reply: the last one, after all tries of its sender. */
  public void replied(String key, EdgeReply reply, long atNanos) {
    Sent sent = ended(key);
    recorder.replied(sent, reply, atNanos);
    history.ifPresent(it -> it.replied(sent.call(), sent.intendedNanos(), reply, atNanos));
  }

  /**
   * A call ended without a reply.
   *
   * @param perhapsDone false when it certainly never reached an edge
   * @param why for people
   */
  public void silent(String key, boolean perhapsDone, String why, long atNanos) {
    Sent sent = ended(key);
    recorder.silent(sent, atNanos, !perhapsDone, why);
    if (perhapsDone) {
      history.ifPresent(it -> it.silent(sent.call(), sent.intendedNanos()));
    }
  }

  /** The keys of calls that have not ended, in the order in which they were sent. */
  public List<String> underWay() {
    return List.copyOf(underWay.keySet());
  }

  /** What is to be read back in the end; nothing when the load is no {@link Workload}. */
  public Audit audit() {
    return audit;
  }

  /**
   * Judges the history, with calls that have not ended as perhaps done; empty when the load has no
   * model. To be called once, in the end.
   */
  public Optional<Linearizability.Result> history() {
    underWay
        .values()
        .forEach(sent -> history.ifPresent(it -> it.silent(sent.call(), sent.intendedNanos())));
    return history.map(HistoryRecorder::judge);
  }

  /** The figures and findings so far; those of writes once the audit is done. */
  public Account account(long nowNanos) {
    return new Account(
        recorder.tally().total(),
        recorder.tally().latency(),
        books.writes(),
        books.contradictions(),
        books.findings(),
        recorder.failures(),
        recorder.gaps().longestMillis(nowNanos));
  }

  private Sent ended(String key) {
    Sent sent = underWay.remove(key);
    if (sent == null) {
      throw new IllegalStateException(
          "call must be under way when it ends, but %s is not: tell of its end once"
              .formatted(key));
    }
    return sent;
  }

  /**
   * What the books say of a run.
   *
   * @param requests a call that has not ended counts as failed
   * @param contradictions how many replies were not true
   * @param findings the first broken promises, a sentence each: lost, doubled, untrue
   * @param failures the first failed requests, a sentence each
   * @param gapsMillis the longest gap of every process and partition; requests whose partition is
   *     not known are left out
   */
  public record Account(
      Report.Requests requests,
      Report.Latency latencyMillis,
      Report.Writes writes,
      long contradictions,
      List<String> findings,
      List<String> failures,
      Map<String, Long> gapsMillis) {

    public Account {
      findings = List.copyOf(findings);
      failures = List.copyOf(failures);
      gapsMillis = Map.copyOf(gapsMillis);
    }

    /** Whether nothing was lost, doubled or untrue; failed requests are another matter. */
    public boolean honest() {
      return writes.lost() == 0 && writes.doubled() == 0 && contradictions == 0;
    }
  }
}
