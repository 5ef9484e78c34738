package io.hormesis.server;

import java.util.List;

/**
 * What a server tells all others about itself, several times a second and at once when it changes:
 * always the whole, so that the work is the same on good days and on bad ones (rule R18).
 *
 * @param pid its process id, for people
 * @param incarnation tells one life from the next
 * @param topology version of the topology that it knows
 * @param state its own word, so never suspect or dead
 * @param leads the partitions that it leads
 */
record StatusGossip(
    String server,
    long pid,
    long incarnation,
    long topology,
    ServerState state,
    String reason,
    String version,
    List<Lead> leads) {

  /**
   * One partition that the server leads.
   *
   * @param inSync how many members were heard of lately and are a few entries behind at most, the
   *     leader included
   */
  record Lead(String process, int partition, long term, int inSync) {}
}
