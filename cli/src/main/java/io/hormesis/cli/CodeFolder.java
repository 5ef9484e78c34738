package io.hormesis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The code that a system runs: a copy of the application's jars, kept with the data in a folder
 * that is named by their hash. Whatever becomes of the jars that were named, all servers run the
 * same code, also when they are started again.
 *
 * @param path the folder of all copies
 */
record CodeFolder(Path path) {
  private static final int HASH_DIGITS = 16;

  /** The code of the system whose data is in a folder. */
  static CodeFolder of(Path data) {
    return new CodeFolder(data.resolve("code"));
  }

  /**
   * Copies jars, and removes the copies of earlier starts. For whoever holds the lock of the data
   * alone.
   *
   * @return the copies, in the order of the jars
   * @throws UsageException when they cannot be copied
   */
  List<Path> keep(List<Path> jars) {
    Path next = path.resolve("next");
    try {
      if (Files.exists(path)) {
        Folders.remove(path);
      }
      Files.createDirectories(next);
      MessageDigest digest = digest();
      List<String> names = new ArrayList<>();
      for (Path jar : jars) {
        String name = "%02d-%s".formatted(names.size(), jar.getFileName());
        copy(jar, next.resolve(name), digest);
        names.add(name);
      }
      String hash = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
      Path kept = path.resolve(hash);
      Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE);
      return names.stream().map(kept::resolve).toList();
    } catch (IOException failure) {
      throw new UsageException(
          "code of the application must be copied into %s, but cannot be (%s): make room there, or choose another folder with --data DIR"
              .formatted(path, failure));
    }
  }

  /** What a server is started from after a crash of the machine must be whole. */
  private static void copy(Path jar, Path copy, MessageDigest digest) throws IOException {
    digest.update(copy.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    try (InputStream in = Files.newInputStream(jar);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
      in.transferTo(out);
    }
    try (FileChannel written = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
