package io.hormesis.engine.delivery;

import java.time.Duration;

/**
 * One request that is to be answered.
 *
 * @param message a record of a contract of the application
 * @param within how long its asker waits at most
 * @param context what travels with it; named by the message's own request id, else by a drawn one
 */
public record Ask(Record message, Duration within, RequestContext context) {}
