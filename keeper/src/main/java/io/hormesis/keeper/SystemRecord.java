package io.hormesis.keeper;

import io.hormesis.server.ServerAddress;
import java.util.List;

/**
 * What a data folder says of itself, in its file {@code hormesis.json}.
 *
 * @param format version of this record
 * @param system random id of the system, drawn once
 * @param application the application whose state this is
 * @param servers the system's servers and where they listen
 */
public record SystemRecord(
    int format, String system, String application, List<ServerAddress> servers) {
  static final int FORMAT = 1;

  /** A record of the present format. */
  public static SystemRecord of(String system, String application, List<ServerAddress> servers) {
    return new SystemRecord(FORMAT, system, application, servers);
  }

  public SystemRecord {
    servers = List.copyOf(servers);
  }
}
