package io.hormesis.cluster;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection between two servers, dialled or accepted, from its first packet to its end.
 *
 * <p>Both ends say something in each beat, if only a pulse; an end that hears nothing for some
 * beats closes. Beats are counted, not time: a process that was paused reads what waits for it
 * before it counts the next. On the event loop only.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Owner owner;
  private final int mostQuietBeats;
  private @Nullable Channel channel;
  private @Nullable Greeting peer;
  private Optional<End> end = Optional.empty();
  private boolean closed;
  private boolean spoke;
  private int quietBeats;

  /** How a connection ended. */
  sealed interface End {
    /**
     * The other process closed it, or its kernel did: it was heard until then, and gave no sign.
     */
    record Gone() implements End {}

    /** Anything else, which says nothing about the other process. */
    record Closed(String reason) implements End {}
  }

  /** Whose connection it is. */
  interface Owner {
    /** It stands, and nothing has been said. */
    void opened(Connection connection);

    /** The other end said who it is: why that is not wanted; empty when it is. */
    Optional<String> greeted(Connection connection, Greeting greeting);

    void frame(Greeting from, byte[] frame);

    /** It takes frames again after it did not. */
    void writable();

    void ended(Connection connection, End end);
  }

  /**
   * One that is yet to be opened.
   *
   * @param mostQuietBeats how many beats may go by without a word of the other end
   */
  Connection(Owner owner, int mostQuietBeats) {
    this.owner = owner;
    this.mostQuietBeats = mostQuietBeats;
  }

  /** Who is at the other end; empty until it has greeted properly. */
  Optional<Greeting> peer() {
    return Optional.ofNullable(peer);
  }

  int quietBeats() {
    return quietBeats;
  }

  boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  /** Writes a packet, which leaves with the next {@link #flush}. */
  void write(Packet.Kind kind, byte[] bytes) {
    if (channel != null) {
      spoke = true;
      var _ = channel.write(Packet.encoded(channel.alloc(), kind, bytes), channel.voidPromise());
    }
  }

  void flush() {
    if (channel != null) {
      channel.flush();
    }
  }

  /** Time for a sign of life; also the time to look for one. */
  void beat() {
    if (closed || channel == null) {
      return;
    }
    if (++quietBeats > mostQuietBeats) {
      close(peer == null ? "no greeting came in time" : "nothing was heard for too long");
      return;
    }
    if (peer != null && !spoke) {
      var _ =
          channel.writeAndFlush(
              Packet.bare(channel.alloc(), Packet.Kind.PULSE), channel.voidPromise());
    }
    spoke = false;
  }

  /** Closes it on purpose, and tells the other end that nobody has ended. */
  void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    if (end.isEmpty()) {
      end = Optional.of(new End.Closed(reason));
    }
    Channel open = channel;
    if (open != null && open.isActive() && peer != null) {
      var _ =
          open.writeAndFlush(Packet.bare(open.alloc(), Packet.Kind.BYE))
              .addListener(ChannelFutureListener.CLOSE);
      // What the other end does not take is not waited for.
      open.eventLoop()
          .execute(() -> {
            var _ = open.close();
          });
    } else if (open != null) {
      var _ = open.close();
    }
  }

  /** Closes it as the end of this process would. */
  void drop() {
    closed = true;
    end = Optional.of(new End.Closed("this server stops"));
    if (channel != null) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    if (closed) {
      var _ = context.close();
    } else {
      owner.opened(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closed) {
      return;
    }
    Packet packet = (Packet) message;
    Greeting known = peer;
    quietBeats = 0;
    if (known == null) {
      greet(packet.bytes());
      return;
    }
    switch (packet.kind()) {
      case FRAME -> hand(known, packet.bytes());
      case BYE -> end = Optional.of(new End.Closed("the other end closed it on purpose"));
      case GREETING -> close("it greeted twice");
      case PULSE -> {}
      case null -> {}
    }
  }

  private void hand(Greeting from, byte[] frame) {
    try {
      owner.frame(from, frame);
    } catch (RuntimeException malformed) {
      LOG.warn("a frame of {} bytes from {} was not taken", frame.length, from.from(), malformed);
      close("it sent a frame that cannot be taken");
    }
  }

  private void greet(byte[] bytes) {
    try {
      Greeting greeting = Greeting.decode(bytes);
      owner.greeted(this, greeting).ifPresentOrElse(this::close, () -> peer = greeting);
    } catch (IllegalArgumentException malformed) {
      close(String.valueOf(malformed.getMessage()));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      owner.writable();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      var _ = context.close(); // reset: told when it is closed
    } else if (cause instanceof DecoderException && cause.getCause() == null) {
      close(String.valueOf(cause.getMessage()));
    } else {
      close(String.valueOf(cause));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    End how =
        end.orElseGet(
            () -> peer == null || quietBeats > 1 ? new End.Closed("it broke") : new End.Gone());
    owner.ended(this, how);
  }
}
