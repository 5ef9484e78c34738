package io.hormesis.simulation.generate;

import io.hormesis.process.Route;
import java.lang.reflect.Type;

/** No value of a type could be drawn: its author must help. */
public final class UndrawableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UndrawableException(String message) {
    super(message);
  }

  /** A record that refused every value. */
  static UndrawableException refused(Class<?> record, int tries, String lastly) {
    return new UndrawableException(
        "record %s must take one of %d drawn values, but took none (the last one: %s): name a %s for it in META-INF/services"
            .formatted(record.getSimpleName(), tries, lastly, Generator.class.getName()));
  }

  /** A route that takes no drawn request. */
  static UndrawableException uncallable(Route route, int tries, String lastly) {
    return new UndrawableException(
        "route %s %s must take one of %d drawn requests, but took none (the last one: %s): name a %s for %s in META-INF/services, or change the route"
            .formatted(
                route.method(),
                route.path(),
                tries,
                lastly,
                Generator.class.getName(),
                route.request().getSimpleName()));
  }

  /** A type that is not plain data, or that holds itself without an end. */
  static UndrawableException endless(Type type) {
    return new UndrawableException(
        "type %s must be plain data with an end, but is not: let what holds itself do so in an Optional, List or Map"
            .formatted(type.getTypeName()));
  }
}
