package io.hormesis.edge;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers by name, in small letters; of several values the first
 * @param edge the edge that sent it
 */
public record EdgeReply(int status, Map<String, String> headers, String body, URI edge) {

  public EdgeReply {
    Map<String, String> small = new TreeMap<>();
    headers.forEach((name, value) -> small.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(small);
  }

  /** The first value of a header, however its name is written. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether it is a default reply. */
  public boolean isDefault() {
    return header(Endings.DEFAULT_REPLY).isPresent();
  }

  /** Whether the application itself spoke: neither a default reply nor the platform's refusal. */
  public boolean isReal() {
    return status < 500 && status != 429 && !isDefault();
  }

  /** Whether it was refused because more is asked than can be done: it must not be sent again. */
  public boolean isOverloaded() {
    return status == 503 && body.contains(ProblemKind.OVERLOADED.type());
  }
}
