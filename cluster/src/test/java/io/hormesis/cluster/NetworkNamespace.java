package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own beside this machine's, with one cable between them that can be cut: what is
 * sent disappears, as behind a firewall that drops. Made and removed by the test; needs root.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final String NOBODY = "02:00:00:00:00:99";

  private final String name = "hormesis-" + ProcessHandle.current().pid();
  private final String near;
  private final String far;
  private final String nearHost;
  private final String farHost;

  private NetworkNamespace() {
    String number = Long.toString(ProcessHandle.current().pid());
    near = "hn" + number;
    far = "hf" + number;
    // A block that is kept for tests of networks (RFC 2544).
    int third = (int) (ProcessHandle.current().pid() % 250);
    nearHost = "198.18.%d.1".formatted(third);
    farHost = "198.18.%d.2".formatted(third);
  }

  /** Makes one; an {@code IOException} says why this machine does not. */
  static NetworkNamespace open() throws IOException {
    NetworkNamespace network = new NetworkNamespace();
    try {
      run("ip", "netns", "add", network.name);
      run("ip", "link", "add", network.near, "type", "veth", "peer", "name", network.far);
      run("ip", "link", "set", network.far, "netns", network.name);
      run("ip", "addr", "add", network.nearHost + "/30", "dev", network.near);
      run("ip", "link", "set", network.near, "up");
      network.inside("ip", "addr", "add", network.farHost + "/30", "dev", network.far);
      network.inside("ip", "link", "set", network.far, "up");
      network.inside("ip", "link", "set", "lo", "up");
      network.cut();
      network.heal();
      return network;
    } catch (IOException failure) {
      network.close();
      throw failure;
    }
  }

  String nearHost() {
    return nearHost;
  }

  String farHost() {
    return farHost;
  }

  /** A command that runs in the network beside. */
  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(command);
    return whole;
  }

  /**
   * From now on nothing goes through, either way, and nobody is told: each end sends to a network
   * card that does not exist.
   */
  void cut() throws IOException {
    run("ip", "neigh", "replace", farHost, "lladdr", NOBODY, "dev", near, "nud", "permanent");
    inside("ip", "neigh", "replace", nearHost, "lladdr", NOBODY, "dev", far, "nud", "permanent");
  }

  void heal() throws IOException {
    run("ip", "neigh", "del", farHost, "dev", near);
    inside("ip", "neigh", "del", nearHost, "dev", far);
  }

  private void inside(String... command) throws IOException {
    run(command(Arrays.asList(command)).toArray(String[]::new));
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("%s: %s".formatted(String.join(" ", command), printed.strip()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("ip", "link", "del", near);
    } catch (IOException neverMade) {
      // Then there is nothing to remove of it.
    }
    try {
      run("ip", "netns", "del", name);
    } catch (IOException neverMade) {
      // Then there is nothing to remove of it.
    }
  }
}
