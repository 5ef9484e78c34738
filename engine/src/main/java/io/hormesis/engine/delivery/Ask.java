package io.hormesis.engine.delivery;

import java.time.Duration;

/**
 * One request that is to be answered.
 *
 * @param message a record of a contract of the application
 * @param within how long its asker waits at most
 * @param trace the trace that it is part of
 */
public record Ask(Record message, Duration within, Trace trace) {}
