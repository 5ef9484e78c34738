package io.hormesis.trial;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection of a generator, with one request on it at most. For one thread. */
final class LoadConnection {
  private final SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable Exchange exchange;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private byte[] in = new byte[2_048];
  private int length;
  private boolean closed;

  LoadConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** It is being connected for its first request. */
  void registered(SelectionKey registered, Exchange first) {
    key = registered;
    carry(first);
  }

  /** The next request is sent. */
  void begin(Exchange next) throws IOException {
    carry(next);
    flush();
  }

  /** What it carries; empty when it is idle. */
  Optional<Exchange> exchange() {
    return Optional.ofNullable(exchange);
  }

  /** Its reply is there. */
  void done() {
    exchange = null;
    length = 0;
  }

  /** Writes on as far as the network takes it. */
  void flush() throws IOException {
    channel.write(out);
    int wanted =
        out.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ;
    if (key != null && key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** The selector says that there is something to do; the reply, once it is whole. */
  Optional<WireReply> ready(SelectionKey selected) throws IOException {
    if (selected.isConnectable()) {
      channel.finishConnect();
      flush();
      return Optional.empty();
    }
    if (selected.isWritable()) {
      flush();
    }
    return selected.isReadable() ? read() : Optional.empty();
  }

  /** Closes it; false when it was closed before. */
  boolean close() {
    boolean first = !closed;
    closed = true;
    try {
      channel.close();
    } catch (IOException gone) {
      // It is gone either way.
    }
    return first;
  }

  private void carry(Exchange next) {
    exchange = next;
    next.carriedBy(this);
    length = 0;
    out = ByteBuffer.wrap(next.bytes);
  }

  private Optional<WireReply> read() throws IOException {
    if (length == in.length) {
      in = Arrays.copyOf(in, in.length * 2);
    }
    int got = channel.read(ByteBuffer.wrap(in, length, in.length - length));
    if (got < 0 || (got > 0 && exchange == null)) {
      throw new EOFException("the edge closed the connection");
    }
    length += got;
    return WireReply.parse(in, length);
  }
}
