package io.hormesis.examples.egovernment;

import io.hormesis.examples.egovernment.TaxReturns.File;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The receipt of a filed return: its year, a dash and 24 hexadecimal digits.
 *
 * <p>It is made from citizen, year and request id alone, so a step that runs again, on whichever
 * server, gives the same receipt. Two requests share one by chance once in 2^48 requests or so (96
 * bits, birthday bound).
 */
final class Receipt {
  private static final int BYTES = 12;

  private Receipt() {}

  static String of(File file) {
    // Citizen and year have a fixed length, so the three cannot run into each other.
    String all = "%s %04d %s".formatted(file.citizen(), file.year(), file.id().value());
    byte[] digest = sha256().digest(all.getBytes(StandardCharsets.UTF_8));
    return file.year() + "-" + HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
