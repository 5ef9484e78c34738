package io.hormesis.keeper;

import io.hormesis.server.ServerState;

/**
 * One server, as its keeper sees it.
 *
 * @param pid its process id; 0 while there is no process
 * @param incarnation how many processes it has had, this one included
 * @param state its own word, or {@link ServerState#DEAD} while there is no process
 * @param reason why it is not ready, else empty
 */
public record ServerProcess(
    String server, long pid, int incarnation, ServerState state, String reason) {}
