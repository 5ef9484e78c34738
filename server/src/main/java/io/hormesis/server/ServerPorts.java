package io.hormesis.server;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strands;
import io.hormesis.engine.port.Workers;
import io.hormesis.storage.Disk;
import java.util.random.RandomGenerator;

/**
 * The five ports over which a server is put together; {@code cluster} and {@code simulation} are
 * the two ways to fill them.
 *
 * @param strands the executor of state machines
 * @param workers the executor of workers
 */
public record ServerPorts(
    Carrier carrier,
    Clock clock,
    Strands strands,
    Workers workers,
    RandomGenerator random,
    Disk disk) {}
