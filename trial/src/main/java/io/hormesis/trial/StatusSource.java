package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.util.Optional;

/** Where a trial sees the servers and partitions of the system that it tries. */
@FunctionalInterface
public interface StatusSource {

  /** The status as any live server knows it; empty when none answers. Waits a second at most. */
  Optional<SystemStatus> status() throws InterruptedException;
}
