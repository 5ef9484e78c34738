package io.hormesis.simulation;

import java.time.Duration;
import java.util.List;

/** A world in which faults can be made. */
public interface FaultTarget {

  List<String> servers();

  boolean isUp(String server);

  /**
   * Whether all groups of the server have lived. Before that its disk is no member's: what is lost
   * of it are promises to be born, and a group whose birth stops halfway begins anew by hand.
   */
  boolean hasJoined(String server);

  /** Ends the server's present life; it starts again on its disk after {@code down}. */
  void crash(String server, boolean powerLoss, Duration down);

  /** Stops the server's strands for a while. */
  void pause(String server, Duration lasts);

  /** Lets a server that is stopped go on. */
  void resume(String server);

  /** Tells all others that the server's process has ended. */
  void spreadEvidence(String server);

  /** So many times as much as usual callers send; 1 is usual. */
  Overlapping<Integer> load();

  SimulatedDisk disk(String server);

  SimulatedClock clock(String server);

  SimulatedNetwork network();
}
