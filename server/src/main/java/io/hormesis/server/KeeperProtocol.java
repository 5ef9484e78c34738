package io.hormesis.server;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines between a keeper and a server: JSON objects, each with a short name of what it is in
 * its field {@code is}. A line that is not known is left out, so that either side may be newer.
 */
public final class KeeperProtocol {
  private static final String KIND = "is";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Map<String, Class<? extends KeeperCommand>> WORDS =
      Map.of(
          "process-ended", KeeperCommand.ProcessEnded.class,
          "server-down", KeeperCommand.ServerDown.class,
          "stop", KeeperCommand.Stop.class);
  private static final Map<String, Class<? extends ServerEvent>> EVENTS =
      Map.of(
          "started", ServerEvent.Started.class,
          "state-changed", ServerEvent.StateChanged.class,
          "cannot-start", ServerEvent.CannotStart.class,
          "server-gone", ServerEvent.ServerGone.class,
          "elected", ServerEvent.Elected.class,
          "isolated", ServerEvent.Isolated.class);

  private KeeperProtocol() {}

  /** The settings of a server as one line. */
  public static String line(ServerSettings settings) {
    return JSON.writeValueAsString(settings);
  }

  /**
   * Reads the settings of a server.
   *
   * @throws IllegalArgumentException when the line is none
   */
  public static ServerSettings settings(String line) {
    try {
      return JSON.readValue(line, ServerSettings.class);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          "settings of a server must be one line of JSON, but: " + malformed.getOriginalMessage(),
          malformed);
    }
  }

  /** The address of a server as one line. */
  public static String line(ServerAddress address) {
    return JSON.writeValueAsString(address);
  }

  /**
   * Reads the address of a server.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static ServerAddress address(String text) {
    try {
      return JSON.readValue(text, ServerAddress.class);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          "address of a server must be a JSON object, but: " + malformed.getOriginalMessage(),
          malformed);
    }
  }

  /** A keeper's word as one line. */
  public static String line(KeeperCommand word) {
    return named(name(WORDS, word), word);
  }

  /** A server's event as one line. */
  public static String line(ServerEvent event) {
    return named(name(EVENTS, event), event);
  }

  /** Reads a keeper's word; empty when it is none that is known. */
  public static Optional<KeeperCommand> word(String line) {
    return read(WORDS, line);
  }

  /** Reads a server's event; empty when it is none that is known. */
  public static Optional<ServerEvent> event(String line) {
    return read(EVENTS, line);
  }

  private static String named(String name, Object what) {
    ObjectNode object = JSON.valueToTree(what);
    object.put(KIND, name);
    return JSON.writeValueAsString(object);
  }

  private static <T> String name(Map<String, Class<? extends T>> names, T what) {
    return names.entrySet().stream()
        .filter(it -> it.getValue() == what.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no name for " + what.getClass()));
  }

  private static <T> Optional<T> read(Map<String, Class<? extends T>> names, String line) {
    try {
      if (!(JSON.readTree(line) instanceof ObjectNode object)) {
        return Optional.empty();
      }
      Class<? extends T> type = names.get(object.path(KIND).asString(""));
      return type == null ? Optional.empty() : Optional.of(JSON.treeToValue(object, type));
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }
}
