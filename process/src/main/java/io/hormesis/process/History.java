package io.hormesis.process;

import java.util.List;

/**
 * What a {@link Damage.Check} may know: what callers were told while the system ran, and what the
 * system says now. While damages are judged the system is at rest: no caller sends anything, no
 * notice is under way, and faults have ended.
 *
 * <p>A test writes one by hand, with a list and a lookup.
 */
public interface History {

  /**
   * Commands that a worker replied to, with what its caller was told, in the order in which callers
   * were told. What was refused, what got no reply, and commands that processes send each other are
   * not in it.
   */
  <R, C extends Command<R>> List<Acknowledged<C, R>> acknowledged(Class<C> command);

  /**
   * What the system replies to a query now: always a worker's own reply, never a default reply. The
   * same query may get the same answer again without being asked twice.
   *
   * @throws NoAnswerException when there is none in time; a check lets it through, and the damage
   *     counts as not judged
   */
  <R> R ask(Query<R> query);

  /**
   * A command that was done, and whose caller knows it.
   *
   * @param request as the worker got it
   * @param reply as the caller got it
   */
  record Acknowledged<C, R>(C request, R reply) {}
}
