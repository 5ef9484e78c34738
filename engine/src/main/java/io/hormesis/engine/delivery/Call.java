package io.hormesis.engine.delivery;

/**
 * A request that a server wants answered.
 *
 * @param id unique on its server
 * @param changes whether it may change something: then "not answered" is not "not done"
 * @param repeatable whether it may be sent again after it may have been handled: a query, or a
 *     message whose receiver remembers request ids
 * @param deadline in milliseconds of the monotonic clock
 */
public record Call(long id, Target place, boolean changes, boolean repeatable, long deadline) {}
