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

  public SystemRecord {
    servers = List.copyOf(servers);
  }
}
