package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.WireCodec;
import io.hormesis.engine.delivery.WireMessage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The post office of one server: puts what leaves into frames, and hands what arrives to whoever it
 * is for. What is to this very server needs no frame.
 */
final class PostOffice {
  private static final Logger LOG = LoggerFactory.getLogger(PostOffice.class);

  private final SharedParts parts;
  private final WireCodec codec = new WireCodec();
  private volatile Receivers receivers = Receivers.NOBODY;
  private volatile boolean closed;

  PostOffice(SharedParts parts) {
    this.parts = parts;
  }

  /** Whoever takes what arrives; messages and results on the delivery strand. */
  interface Receivers {
    /** What arrives before the server is put together, nobody hears. */
    Receivers NOBODY =
        new Receivers() {
          @Override
          public void message(Envelope envelope, Consumer<CallResult<byte[]>> respond) {}

          @Override
          public void result(WireMessage.Inbound inbound) {}

          @Override
          public void replication(String from, byte[] body) {}

          @Override
          public void gossip(String from, byte[] body) {}

          @Override
          public void topology(byte[] body) {}
        };

    /** A message for an instance of this server. */
    void message(Envelope envelope, Consumer<CallResult<byte[]>> respond);

    /** The result of an attempt of this server. */
    void result(WireMessage.Inbound inbound);

    /** A frame for the members on this server. From any thread. */
    void replication(String from, byte[] body);

    /** What another server says of itself. From any thread. */
    void gossip(String from, byte[] body);

    /** The topology, as another server knows it. From any thread. */
    void topology(byte[] body);
  }

  /** From now on, this is who takes what arrives. */
  void open(Receivers whoever) {
    receivers = whoever;
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes an attempt to its server. */
  void carry(OutgoingMessage message) {
    carry(message.server(), new WireMessage.Outbound(message.envelope()));
  }

  /** Sends a frame to another server. */
  void send(String server, Frame.Kind kind, byte[] body) {
    if (!closed) {
      byte[] frame = new Frame(kind, parts.server(), body).encode();
      parts.ports().carrier().send(server, kind.priority(), frame);
    }
  }

  /** A frame that another server handed to its carrier; what is malformed is dropped. */
  void receive(byte[] bytes) {
    if (closed) {
      return;
    }
    try {
      Frame frame = Frame.decode(bytes);
      switch (frame.kind()) {
        case MESSAGE -> receive(codec.decode(frame.body()));
        case REPLICATION -> receivers.replication(frame.from(), frame.body());
        case GOSSIP -> receivers.gossip(frame.from(), frame.body());
        case TOPOLOGY -> receivers.topology(frame.body());
      }
    } catch (RuntimeException malformed) {
      LOG.warn("dropped a frame of {} bytes: {}", bytes.length, malformed.toString());
    }
  }

  private void carry(String server, WireMessage message) {
    if (!server.equals(parts.server())) {
      send(server, Frame.Kind.MESSAGE, codec.encode(message));
      return;
    }
    if (parts.signals().followsRequests()) {
      parts.signals().take(new Signal.StaysHere(message));
    }
    receive(message);
  }

  private void receive(WireMessage message) {
    parts
        .strand()
        .execute(() -> {
          switch (message) {
            case WireMessage.Outbound(Envelope envelope) ->
                receivers.message(envelope, result -> respond(envelope, result));
            case WireMessage.Inbound inbound -> receivers.result(inbound);
          }
        });
  }

  private void respond(Envelope envelope, CallResult<byte[]> result) {
    carry(envelope.asker(), new WireMessage.Inbound(envelope.call(), parts.server(), result));
  }
}
