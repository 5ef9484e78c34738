package io.hormesis.trial;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back from a front door.
 *
 * @param status HTTP status
 * @param headers by name, in small letters
 * @param edge base address of the door that gave it
 */
public record DoorReply(int status, Map<String, String> headers, String body, String edge) {

  public DoorReply {
    var small = new TreeMap<String, String>();
    headers.forEach((name, value) -> small.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(small);
  }

  /** The value of one header, whatever letters its name is written in. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
