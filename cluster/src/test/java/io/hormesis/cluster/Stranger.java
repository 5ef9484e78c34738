package io.hormesis.cluster;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** Somebody at the port between servers who writes whatever bytes he likes. */
final class Stranger implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataOutputStream out;
  private final DataInputStream in;

  /** Comes from an address of his own, so that he can be told from servers. */
  Stranger(ServerAddress server) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
    socket.connect(new InetSocketAddress(server.host(), server.carrier()));
    socket.setSoTimeout(60_000);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
  }

  /** Greets as a server would, and waits until he is believed. */
  void greet(String from, String to, Priority priority) throws IOException {
    packet(0x48, new Greeting(ConnectedServer.SYSTEM, from, to, 99, priority).encode());
    int head = in.readInt();
    in.readNBytes(head & 0xFF_FFFF);
  }

  void packet(int kind, byte[] bytes) throws IOException {
    write(kind << 24 | bytes.length, bytes);
  }

  /** A head, and what follows it, whatever the head promises. */
  void write(int head, byte[] bytes) throws IOException {
    out.writeInt(head);
    out.write(bytes);
    out.flush();
  }

  /** Reads until the other end closes; true when it does before the reading takes too long. */
  boolean isClosed() throws IOException {
    try {
      while (in.read() >= 0) {
        // Signs of life are of no interest.
      }
      return true;
    } catch (EOFException | SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
