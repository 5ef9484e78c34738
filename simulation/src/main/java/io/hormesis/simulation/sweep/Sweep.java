package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.MessageType;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.Generator;
import io.hormesis.simulation.generate.PlainValues;
import io.hormesis.simulation.generate.UndrawableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * Runs every process that asks others through every combination of the ways in which its asks can
 * end: for each kind of message of its contract, with several drawn values each, and, when it keeps
 * state, in states that drawn messages lead to. A worker must end each of them with a reply that is
 * in its contract, or with a refusal of a command, before the deadline of whoever waits longest.
 *
 * <p>An author's test: {@code assertThat(Sweep.of(application).run().broken()).isEmpty()}.
 *
 * <p>Virtual time stands still while a worker computes: one that never ends without waiting holds
 * the sweep up for ever ({@code ./hormesis sweep} then says where).
 *
 * @param values how many values are drawn of each kind of message
 * @param seed draws them
 */
public record Sweep(
    Application application,
    List<Generator<?>> help,
    List<Expectation> expectations,
    int values,
    long seed) {
  private static final int VALUES = 4;
  private static final int MOST_COMBINATIONS = 500;
  private static final int TRIES = 200;

  public Sweep {
    help = List.copyOf(help);
    expectations = List.copyOf(expectations);
  }

  /** The sweep of an application, with four values of each kind of message. */
  public static Sweep of(Application application) {
    return new Sweep(application, List.of(), List.of(), VALUES, 1);
  }

  /** What an author expects of how messages of a kind end. */
  public record Expectation(
      String sentence, Class<?> message, BiPredicate<Object, CallResult<Object>> holds) {}

  /** The same, with an author's help to draw values. */
  public Sweep helpedBy(Collection<? extends Generator<?>> more) {
    return new Sweep(application, List.copyOf(more), expectations, values, seed);
  }

  /** The same, with so many values of each kind of message, drawn from a seed. */
  public Sweep drawing(int count, long from) {
    return new Sweep(application, help, expectations, count, from);
  }

  /**
   * The same, where a combination also breaks its worker when this does not hold.
   *
   * @param sentence what is expected, such as {@code a citizen can always file}
   */
  public <Q> Sweep expecting(
      String sentence, Class<Q> message, BiPredicate<Q, CallResult<Object>> holds) {
    List<Expectation> all = new ArrayList<>(expectations);
    all.add(
        new Expectation(sentence, message, (it, ending) -> holds.test(message.cast(it), ending)));
    return new Sweep(application, help, all, values, seed);
  }

  /**
   * Runs all combinations.
   *
   * @throws io.hormesis.simulation.generate.UndrawableException when values of a record cannot be
   *     drawn without help
   * @throws UnsweepableException when code of the author fails where no message is handled
   */
  public SweepReport run() {
    Findings findings = new Findings();
    return WorldThread.run("the sweep", findings::combinations, () -> run(findings));
  }

  private SweepReport run(Findings findings) {
    PlainValues drawn = PlainValues.of(application, help);
    for (Declaration<?> process : application.processes()) {
      if (!process.dependencies().isEmpty()) {
        sweep(process, drawn, findings);
      }
    }
    return findings.report();
  }

  private void sweep(Declaration<?> process, PlainValues drawn, Findings findings) {
    try {
      sweep(Subject.of(process, application), drawn, findings);
    } catch (UndrawableException | AssertionError | OutOfMemoryError other) {
      throw other;
    } catch (RuntimeException | Error failure) {
      throw new UnsweepableException(process.name(), failure);
    }
  }

  private void sweep(Subject subject, PlainValues drawn, Findings findings) {
    findings.process(subject.name());
    for (MessageType type : subject.process().contract().messages()) {
      RandomGenerator random = Dice.of(seed, subject.name() + " " + type.name()).generator();
      Set<List<Object>> seen = new HashSet<>();
      int asks = 0;
      for (int number = 0; number < values; number++) {
        Record message = message(subject, drawn, type, Optional.empty(), random);
        int earlier = subject.process().stateful() ? number : 0;
        List<Record> before = before(subject, drawn, message, earlier, random);
        if (seen.add(List.of(before, message))) {
          asks +=
              combinations(
                  new SweepCase(
                      subject, drawn, seed, before, type, message, subject.deadline(type)),
                  findings);
        }
      }
      if (asks == 0) {
        findings.silent("%s %s".formatted(subject.name(), type.type().getSimpleName()));
      }
    }
  }

  /** Runs all combinations of one value; returns how many asks there were. */
  private int combinations(SweepCase sweepCase, Findings findings) {
    findings.message();
    Script script = new Script();
    int asks = 0;
    int run = 0;
    boolean more = true;
    while (more && run < MOST_COMBINATIONS) {
      run++;
      SweepCase.Ended ended = sweepCase.run(script);
      asks += ended.combination().asked().size();
      findings.combination(
          ended.combination(), Judgement.of(sweepCase, ended).or(() -> unexpected(ended)));
      more = script.advance();
    }
    if (more) {
      findings.limited(
          "%s has more than %d combinations of one value: those beyond were not run"
              .formatted(sweepCase.type().name(), MOST_COMBINATIONS));
    }
    if (script.cut()) {
      findings.limited(
          "%s asks more than %d times: asks beyond were always replied to"
              .formatted(sweepCase.type().name(), Script.MOST_ASKS));
    }
    return asks;
  }

  private Optional<String> unexpected(SweepCase.Ended ended) {
    Record message = ended.combination().message();
    return expectations.stream()
        .filter(it -> it.message().isInstance(message))
        .filter(it -> !it.holds().test(message, ended.ending()))
        .findFirst()
        .map(it ->
            "not as expected: %s, but it ended with %s".formatted(it.sentence(), ended.ending()));
  }

  /** Messages about the key of another one, in the order in which they come before it. */
  private static List<Record> before(
      Subject subject, PlainValues drawn, Record message, int count, RandomGenerator random) {
    List<MessageType> types =
        subject.process().contract().messages().stream()
            .filter(it -> it.kind() != MessageType.Kind.QUERY)
            .toList();
    List<Record> before = new ArrayList<>();
    for (int number = 0; number < count && !types.isEmpty(); number++) {
      MessageType type = types.get(random.nextInt(types.size()));
      before.add(message(subject, drawn, type, subject.key(message), random));
    }
    return before;
  }

  /** A message, about a given key if that can be. */
  private static Record message(
      Subject subject,
      PlainValues drawn,
      MessageType type,
      Optional<String> about,
      RandomGenerator random) {
    Record message = (Record) drawn.draw(type.type(), random);
    for (int tries = 0; tries < TRIES && !fits(subject, message, about); tries++) {
      message = (Record) drawn.draw(type.type(), random);
    }
    return message;
  }

  private static boolean fits(Subject subject, Record message, Optional<String> about) {
    Optional<String> key = subject.key(message);
    return !subject.process().stateful()
        || (key.isPresent() && (about.isEmpty() || about.equals(key)));
  }
}
