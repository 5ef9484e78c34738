package io.hormesis.trial;

/**
 * Where something is asked for or must be found: one key of one process. Which partition that is,
 * the system decides.
 *
 * @param process name of the process
 * @param key the key that it is asked with; for a stateless process whatever the request is about
 */
public record ReadBackTarget(String process, String key) {}
