package io.hormesis.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A connection on which a test writes what no HTTP client would. */
final class Raw implements AutoCloseable {
  private final Socket socket;

  private Raw(Socket socket) {
    this.socket = socket;
  }

  static Raw to(int port) throws IOException {
    return from("127.0.0.1", port);
  }

  /** From one of the addresses of this machine, so that it can be told from others. */
  static Raw from(String address, int port) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
    socket.setSoTimeout(20_000);
    return new Raw(socket);
  }

  Raw write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Raw write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** All that comes until the other side closes. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** One reply with a Content-Length; empty when the other side closes before one comes. */
  String readReply() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    String small = head.toString().toLowerCase(Locale.ROOT);
    int at = small.indexOf("content-length:");
    int length =
        at < 0 ? 0 : Integer.parseInt(small.substring(at + 15, small.indexOf("\r\n", at)).strip());
    byte[] body = socket.getInputStream().readNBytes(length);
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /** Writes a little every 50 ms until the other side has closed the connection. */
  void dripUntilCutOff(String drop) throws Exception {
    CompletableFuture<Boolean> cutOff = new CompletableFuture<>();
    try (ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> dripping =
          drip.scheduleAtFixedRate(
              () -> {
                try {
                  write(drop);
                } catch (IOException e) {
                  cutOff.complete(true);
                }
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      try {
        cutOff.get(20, TimeUnit.SECONDS);
      } finally {
        dripping.cancel(true);
      }
    }
  }

  /** How many bytes have come; a reset is an end too. */
  int count() {
    int count = 0;
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        count += read;
      }
    } catch (IOException e) {
      // the end
    }
    return count;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
