package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The load on one application, and how its books are read back: what callers send, what a reply
 * means, and where every write must be found exactly once. It comes in the application's own jar
 * and is found by {@link java.util.ServiceLoader}; no platform module knows any application.
 */
public interface Workload extends Load {

  /** Name of the application that this is the load for. */
  String application();

  /** Name of the process that takes the writes: the one whose partitions the monkey must hit. */
  String target();

  /**
   * Draws the next request. At least 40 of 100 must be writes, and every process of the application
   * must be asked often enough for a gap of it to be seen.
   */
  @Override
  TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged);

  /**
   * Where an accepted write must be found exactly once. The first is the {@link #target()} itself,
   * which shows it at once; the others learn of it by notices, within seconds.
   */
  List<ReadBackTarget> spots(TrialCall.Write write);

  /** The request that shows what a spot knows of a write. */
  EdgeRequest readBack(TrialCall.Write write, ReadBackTarget spot);

  /**
   * How often a write is found in what a spot showed: 1 when all is well, 0 when it is lost, more
   * when it was applied more than once, be it under another receipt.
   *
   * @param shown a reply to {@link #readBack} that is no default reply
   */
  int count(TrialCall.Acknowledged write, ReadBackTarget spot, EdgeReply shown);

  /**
   * The receipt under which the target knows a write that was never acknowledged to its sender;
   * empty when it does not know it.
   *
   * @param shown a reply to {@link #readBack} from the first of the {@link #spots}
   */
  Optional<String> recognise(TrialCall.Write write, EdgeReply shown);

  /**
   * What its calls do to single keys, for judging whole histories; empty when the load says nothing
   * about that.
   */
  default Optional<ReferenceModel<?, ?, ?>> referenceModel() {
    return Optional.empty();
  }

  /**
   * The same load, drawn so that callers meet: few keys, some of them hot, so that writes of one
   * key collide and are refused, but new ones are accepted however long it runs. What it draws is a
   * function of the arguments of {@link #draw} alone, too. The load itself unless it says more.
   */
  default Workload narrow() {
    return this;
  }
}
