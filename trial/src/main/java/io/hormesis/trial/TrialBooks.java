package io.hormesis.trial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What was promised, kept outside the system that promised it: every write under its key, what its
 * sender was told, and, at the end, how often each was found where it must be. Thread-safe; about 1
 * KB a write.
 */
final class TrialBooks implements AcknowledgedWrites {
  private static final int FINDINGS_SHOWN = 20;

  /** What the sender of a write was told. */
  sealed interface Word {
    /** Done, and kept for ever. */
    record Done(String receipt) implements Word {}

    /** Done, but nobody can find it again. */
    record Taken() implements Word {}

    /** The worker refused it: not done. */
    record Declined() implements Word {}

    /** The platform refused it; a refusal after an attempt without reply proves nothing. */
    record Refused() implements Word {}

    /** Nothing, or nothing that says. */
    record Nothing() implements Word {}
  }

  /**
   * One write and what its sender was told.
   *
   * @param counted whether it belongs to the load; one of the warm-up does not, but is kept, too
   */
  record Entry(String key, TrialCall.Write write, boolean counted, Word word) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<TrialCall.Acknowledged> acknowledged = new ArrayList<>();
  private final Set<String> lost = new LinkedHashSet<>();
  private final Set<String> doubled = new LinkedHashSet<>();
  private final List<String> findings = new ArrayList<>();
  private long contradictions;

  /** A write of the load is about to be sent. */
  void opened(String key, TrialCall.Write write) {
    open(new Entry(key, write, true, new Word.Nothing()));
  }

  /** A write of the warm-up is about to be sent: looked for at the end, but not counted as sent. */
  void rehearsed(String key, TrialCall.Write write) {
    open(new Entry(key, write, false, new Word.Nothing()));
  }

  private synchronized void open(Entry entry) {
    String key = entry.key();
    if (entries.putIfAbsent(key, entry) != null) {
      throw new IllegalStateException(
          "key must be new for every write, but %s is not".formatted(key));
    }
  }

  /** Its sender was told something; the first word counts. */
  synchronized void told(String key, Word word) {
    Entry entry = entry(key);
    if (!(entry.word() instanceof Word.Nothing)) {
      return;
    }
    entries.put(key, new Entry(key, entry.write(), entry.counted(), word));
    if (word instanceof Word.Done done) {
      acknowledged.add(new TrialCall.Acknowledged(entry.write(), done.receipt()));
    }
  }

  @Override
  public synchronized Optional<TrialCall.Acknowledged> any(RandomGenerator random) {
    return acknowledged.isEmpty()
        ? Optional.empty()
        : Optional.of(acknowledged.get(random.nextInt(acknowledged.size())));
  }

  /** All writes in the order in which they were sent. */
  synchronized Collection<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** An acknowledged write was looked for and found so many times. */
  synchronized void found(String key, String receipt, ReadBackTarget spot, int times) {
    if (times == 0 && lost.add(key)) {
      finding("lost: receipt %s is not in %s of %s".formatted(receipt, spot.process(), spot.key()));
    }
    countTwice(key, receipt, spot, times);
  }

  /** A write that nobody acknowledged was recognised, and its traces were looked for. */
  synchronized void foundUnpromised(String key, String receipt, ReadBackTarget spot, int times) {
    if (times == 0) {
      contradicted(
          "receipt %s is at the desk that took it, but not in %s of %s"
              .formatted(receipt, spot.process(), spot.key()));
    }
    countTwice(key, receipt, spot, times);
  }

  /** A write could not be read back at all. */
  synchronized void unreadable(String key, ReadBackTarget spot, String why) {
    if (entry(key).word() instanceof Word.Done done && lost.add(key)) {
      finding(
          "lost: receipt %s cannot be read from %s: %s"
              .formatted(done.receipt(), spot.process(), why));
    }
  }

  /** Some other promise was seen broken. */
  synchronized void contradicted(String what) {
    contradictions++;
    finding("untrue: %s".formatted(what));
  }

  synchronized Report.Writes writes() {
    return new Report.Writes(
        count(Word.Done.class) + count(Word.Taken.class),
        lost.size(),
        doubled.size(),
        count(Word.Nothing.class));
  }

  synchronized long contradictions() {
    return contradictions;
  }

  /** The first {@value #FINDINGS_SHOWN} broken promises, a sentence each. */
  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  private long count(Class<? extends Word> word) {
    return entries.values().stream()
        .filter(it -> it.counted() && word.isInstance(it.word()))
        .count();
  }

  private void countTwice(String key, String receipt, ReadBackTarget spot, int times) {
    if (times > 1 && doubled.add(key)) {
      finding(
          "doubled: receipt %s is %d times in %s of %s"
              .formatted(receipt, times, spot.process(), spot.key()));
    }
  }

  private void finding(String sentence) {
    if (findings.size() < FINDINGS_SHOWN) {
      findings.add(sentence);
    }
  }

  private Entry entry(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("key must be opened before, but %s was not".formatted(key));
    }
    return entry;
  }
}
