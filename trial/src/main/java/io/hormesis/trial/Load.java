package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.util.random.RandomGenerator;

/**
 * What callers send to an application, and what its replies mean. Whoever also knows how writes are
 * read back is a {@link Workload}; without that, what was acknowledged cannot be looked for.
 *
 * <p>Stateless and thread-safe. It sees only what goes over HTTP.
 */
public interface Load {

  /**
   * Draws the next request. Uses nothing random but {@code random}, and is the same for the same
   * numbers and the same acknowledged writes.
   *
   * @param run differs from run to run on the same data, so that runs do not write the same things
   */
  TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged);

  /** What a reply to a call means; called for real replies only, never for a default reply. */
  ReplyMeaning meaning(TrialCall call, EdgeReply reply);
}
