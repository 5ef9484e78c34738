package io.hormesis.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The bearer token without which nothing on the management port changes anything. It lies in the
 * file {@code credential} of a data folder, which only its owner can read: whoever can read that
 * may operate the system.
 */
public final class Credential {
  private static final String FILE = "credential";
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final String token;

  private Credential(String token) {
    this.token = token;
  }

  /**
   * The credential of a data folder, made when there is none yet. Several servers may begin with
   * the same folder at once.
   *
   * @throws EdgeException when others may read it, or it is no token
   */
  public static Credential in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      make(folder, file);
    }
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    if (!Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
        .containsAll(open)) {
      throw new EdgeException(
          "file %s must be readable by its owner only, but is %s: run chmod 600 on it"
              .formatted(file, PosixFilePermissions.toString(open)));
    }
    String token = Files.readString(file).strip();
    if (!token.matches("[0-9a-f]{%d}".formatted(2 * BYTES))) {
      throw new EdgeException(
          "file %s must hold %d hexadecimal digits, but does not: remove it, a new one is made at the next start"
              .formatted(file, 2 * BYTES));
    }
    return new Credential(token);
  }

  /** Whole or not at all: another server may read it in the same moment. */
  private static void make(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path begun = Files.createTempFile(folder, FILE, ".new", OWNER_ONLY);
    try {
      Files.writeString(begun, HexFormat.of().formatHex(random) + "\n");
      Files.createLink(file, begun);
    } catch (FileAlreadyExistsException othersWereFirst) {
      // theirs is as good as ours
    } finally {
      Files.delete(begun);
    }
  }

  /** What a caller sends in {@code Authorization}. */
  public String authorization() {
    return SCHEME + token;
  }

  /** Whether a caller sent it. How long that takes tells nothing of where it differs. */
  boolean isIn(Optional<String> authorization) {
    return MessageDigest.isEqual(
        authorization.orElse("").getBytes(StandardCharsets.ISO_8859_1),
        authorization().getBytes(StandardCharsets.ISO_8859_1));
  }
}
