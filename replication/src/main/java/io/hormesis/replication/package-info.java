/**
 * How state survives: partitions as Raft groups over a forced log.
 *
 * <p>This is the one door to MicroRaft; nothing of it shows outside. A server opens {@link
 * io.hormesis.replication.Replicas} once and commits {@link io.hormesis.replication.Change}s on the
 * {@link io.hormesis.replication.Replica} that leads.
 */
@NullMarked
package io.hormesis.replication;

import org.jspecify.annotations.NullMarked;
