package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import io.hormesis.storage.Disk;
import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.util.Optional;

/**
 * Says whose store a folder is: format version, system, server. It is written before anything else
 * and read before anything else is touched.
 */
record StoreSeal(int version, String system, String server) {

  static final int VERSION = 2;

  private static final String PATH = "replication/store";

  /** Checks the seal of a disk, or sets it where there is none. */
  static void check(Disk disk, ReplicasSettings settings) throws IOException {
    SmallFile file = new SmallFile(disk, PATH);
    StoreSeal wanted = new StoreSeal(VERSION, settings.system(), settings.server());
    Optional<byte[]> content = file.read();
    if (content.isEmpty()) {
      refuseUnsealed(disk, settings);
      file.write(wanted.encode());
      return;
    }
    wanted.accept(content.get());
  }

  /** The seal is written first, so groups without one have lost it. */
  private static void refuseUnsealed(Disk disk, ReplicasSettings settings) throws IOException {
    for (GroupPlan plan : settings.groups()) {
      if (disk.exists(MemberConfig.folder(plan.id()) + "/birth")) {
        throw new CorruptStore(
            "%s: lost, but there is a store of %s: nobody knows whose: put it back, or empty the"
                    .formatted(PATH, plan.id())
                + " folder");
      }
    }
  }

  private void accept(byte[] content) throws CorruptStore {
    StoreSeal found;
    try {
      found = decode(content);
    } catch (Malformed e) {
      throw new CorruptStore(PATH + ": damaged: " + e.getMessage());
    }
    if (found.version() > version) {
      throw new StoreRefused(
          "store of %s: written in format %d, this version knows %d: start the newer version again"
              .formatted(server, found.version(), version));
    }
    if (found.version() < version) {
      throw new StoreRefused(
          ("store of %s: written in format %d, this version knows %d: start the older version, or"
                  + " begin with an empty data folder")
              .formatted(server, found.version(), version));
    }
    if (!found.system().equals(system) || !found.server().equals(server)) {
      throw new StoreRefused(
          ("store of %s: belongs to server %s of system %s, not of system %s: give each system a"
                  + " data folder of its own")
              .formatted(server, found.server(), found.system(), system));
    }
  }

  byte[] encode() {
    return CborWriter.write(out -> out.array(3).number(version).text(system).text(server).end());
  }

  /** Reads a seal; of another version only that, for the rest may have changed. */
  static StoreSeal decode(byte[] content) {
    return CborReader.sequence(
        content,
        in -> {
          in.open();
          int version = in.smallCount();
          if (version != VERSION) {
            return new StoreSeal(version, "", "");
          }
          String system = in.text();
          return new StoreSeal(version, system, in.text());
        });
  }
}
