package io.hormesis.server;

import java.util.List;

/**
 * What runs where, in what state, owned by whom, as one server knows it: the body of {@code GET
 * /status} on the management port and of {@code status -o json}.
 *
 * @param system random id of the running system
 */
public record SystemStatus(
    String system,
    String application,
    ServiceState state,
    List<ServerStatus> servers,
    List<ProcessStatus> processes,
    List<PartitionStatus> partitions) {

  /**
   * One server.
   *
   * @param reason why it is not ready, else empty
   * @param edge URL of its front door
   * @param management URL of its management door
   * @param hosts names of the processes that it runs
   */
  public record ServerStatus(
      String name,
      String region,
      long pid,
      ServerState state,
      String reason,
      String edge,
      String management,
      String version,
      List<String> hosts) {}

  /**
   * One process, all its instances together.
   *
   * @param instances how many copies there are to be
   * @param healthy how many of them are on servers that are ready
   */
  public record ProcessStatus(
      String name,
      String owner,
      ProcessKind kind,
      ServiceState state,
      int instances,
      int healthy,
      List<String> variants) {}

  /**
   * One partition of a stateful process.
   *
   * @param leader name of the server that leads it; empty when none is known
   * @param members names of the servers that hold it
   * @param inSync how many of them were heard of lately and are a few entries behind at most, the
   *     leader included
   */
  public record PartitionStatus(
      String process, int id, String leader, List<String> members, int inSync) {}
}
