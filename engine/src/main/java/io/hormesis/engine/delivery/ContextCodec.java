package io.hormesis.engine.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.Principal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Request contexts as tagged optional headers: a flat list of tag and value, by rising tags. What
 * is as usual has no header. The lowest bit of what is written as a tag says whether it must be
 * understood; the value of an unknown one is kept as it is.
 *
 * <p>The same form stands in the envelope on the wire and beside each notice in the log.
 */
public final class ContextCodec {
  private static final int ID = 1;
  private static final int KEYED = 2;
  private static final int TRACE = 3;
  private static final int PRIORITY = 4;
  private static final int ATTEMPT = 5;
  private static final int CASUALTIES = 6;
  private static final int PRINCIPAL = 7;
  private static final int SCENARIO = 8;
  private static final int TRACE_BYTES = 33;

  private ContextCodec() {}

  /** The headers as bytes of their own. */
  public static byte[] encode(RequestContext context) {
    return CborWriter.write(out -> write(out, context));
  }

  /**
   * Reads {@link #encode}'s bytes.
   *
   * @throws io.hormesis.engine.cbor.Malformed when they are none
   */
  public static RequestContext decode(byte[] bytes) {
    return CborReader.read(bytes, ContextCodec::read);
  }

  static void write(CborWriter out, RequestContext context) {
    out.array(2 * count(context));
    header(out, ID, false, context.id().getBytes(UTF_8));
    if (context.keyed()) {
      header(out, KEYED, false, new byte[0]);
    }
    header(out, TRACE, false, bytes(context.trace()));
    if (context.priority() != Priority.REQUEST) {
      header(out, PRIORITY, false, new byte[] {code(context.priority())});
    }
    if (context.attempt() > 1) {
      header(out, ATTEMPT, false, ByteBuffer.allocate(4).putInt(context.attempt()).array());
    }
    if (!context.casualties().isEmpty()) {
      header(
          out,
          CASUALTIES,
          false,
          CborWriter.write(it -> it.list(context.casualties(), CborWriter::text)));
    }
    context
        .principal()
        .ifPresent(who -> header(out, PRINCIPAL, true, CborWriter.write(it -> write(it, who))));
    context.scenario().ifPresent(token -> header(out, SCENARIO, false, token.getBytes(UTF_8)));
    // What is not known has a higher tag than all that is.
    context.unknown().forEach(it -> header(out, it.tag(), it.critical(), it.value()));
    out.end();
  }

  private static int count(RequestContext context) {
    return 2
        + (context.keyed() ? 1 : 0)
        + (context.priority() == Priority.REQUEST ? 0 : 1)
        + (context.attempt() > 1 ? 1 : 0)
        + (context.casualties().isEmpty() ? 0 : 1)
        + (context.principal().isPresent() ? 1 : 0)
        + (context.scenario().isPresent() ? 1 : 0)
        + context.unknown().size();
  }

  private static void header(CborWriter out, int tag, boolean critical, byte[] value) {
    out.number(tag << 1 | (critical ? 1 : 0)).bytes(value);
  }

  static RequestContext read(CborReader in) {
    Reading reading = new Reading();
    in.open();
    int count = 0;
    while (in.hasMore()) {
      if (++count > Header.MOST) {
        throw new IllegalArgumentException("more than %d headers".formatted(Header.MOST));
      }
      int tag = in.smallCount();
      reading.take(tag >> 1, (tag & 1) == 1, in.bytes());
    }
    in.close();
    return reading.context();
  }

  private static byte[] bytes(Trace trace) {
    return ByteBuffer.allocate(TRACE_BYTES)
        .putLong(trace.high())
        .putLong(trace.low())
        .putLong(trace.span())
        .putLong(trace.parent())
        .put((byte) (trace.sampled() ? 1 : 0))
        .array();
  }

  private static Trace trace(byte[] value) {
    ByteBuffer in = sized(value, TRACE_BYTES);
    return new Trace(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.get() == 1);
  }

  private static ByteBuffer sized(byte[] value, int length) {
    if (value.length != length) {
      throw new IllegalArgumentException(
          "a header of %d bytes has %d".formatted(length, value.length));
    }
    return ByteBuffer.wrap(value);
  }

  private static String text(byte[] value) {
    return new String(value, UTF_8);
  }

  private static void write(CborWriter out, Principal principal) {
    List<String> attributes = new ArrayList<>();
    new TreeMap<>(principal.attributes())
        .forEach((name, value) -> attributes.addAll(List.of(name, value)));
    out.array(3).text(principal.name()).text(principal.proof());
    out.list(attributes, CborWriter::text).end();
  }

  private static Principal principal(CborReader in) {
    in.open();
    String name = in.text();
    String proof = in.text();
    List<String> pairs = in.list(CborReader::text);
    in.close();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      attributes.put(pairs.get(i), pairs.get(i + 1));
    }
    return new Principal(name, proof, attributes);
  }

  private static byte code(Priority priority) {
    return switch (priority) {
      case SYSTEM -> 1;
      case REQUEST -> 2;
      case BACKGROUND -> 3;
    };
  }

  private static Priority priority(byte code) {
    return switch (code) {
      case 1 -> Priority.SYSTEM;
      case 2 -> Priority.REQUEST;
      case 3 -> Priority.BACKGROUND;
      default -> throw new IllegalArgumentException("unknown priority " + code);
    };
  }

  /** The headers of one message as they come in. */
  private static final class Reading {
    private String id = "";
    private boolean keyed;
    private Optional<Trace> trace = Optional.empty();
    private Priority priority = Priority.REQUEST;
    private int attempt = 1;
    private List<String> casualties = List.of();
    private Optional<Principal> principal = Optional.empty();
    private Optional<String> scenario = Optional.empty();
    private final List<Header> unknown = new ArrayList<>();

    void take(int tag, boolean critical, byte[] value) {
      switch (tag) {
        case ID -> id = ContextCodec.text(value);
        case KEYED -> keyed = true;
        case TRACE -> trace = Optional.of(ContextCodec.trace(value));
        case PRIORITY -> priority = priority(sized(value, 1).get());
        case ATTEMPT -> attempt = sized(value, 4).getInt();
        case CASUALTIES -> casualties = CborReader.read(value, it -> it.list(CborReader::text));
        case PRINCIPAL -> principal = Optional.of(CborReader.read(value, ContextCodec::principal));
        case SCENARIO -> scenario = Optional.of(text(value));
        default -> unknown.add(new Header(tag, critical, value));
      }
    }

    RequestContext context() {
      return new RequestContext(
          id,
          keyed,
          trace.orElseThrow(() -> new IllegalArgumentException("no trace")),
          priority,
          attempt,
          casualties,
          principal,
          scenario,
          unknown);
    }
  }
}
