package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strands;
import io.hormesis.storage.Disk;
import java.util.random.RandomGenerator;

/** The five ports through which the members of a server meet the world. */
public record ReplicasPorts(
    Disk disk, Strands strands, Clock clock, RandomGenerator random, RaftCarrier outgoing) {}
