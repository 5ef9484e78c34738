package io.hormesis.process;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What must be true of every route. */
final class RouteRules {
  private RouteRules() {}

  static void check(String path, Class<?> request, Duration deadline) {
    if (!path.matches("(/([A-Za-z0-9._~-]+|\\{[A-Za-z][A-Za-z0-9]*\\}))+")) {
      throw new DeclarationException(
          "path of the route to %s must be segments such as /name or /{component}, but was \"%s\": write it so"
              .formatted(request.getSimpleName(), path));
    }
    if (!deadline.isPositive() || deadline.compareTo(Route.DEADLINE) > 0) {
      throw new DeclarationException(
          "deadline of route %s must be more than 0 and at most 2 s, but was %s: choose one"
              .formatted(path, deadline));
    }
    checkNames(path, request);
  }

  private static void checkNames(String path, Class<?> request) {
    List<String> components = components(request);
    List<String> named =
        Arrays.stream(path.split("/", -1))
            .filter(segment -> segment.startsWith("{"))
            .map(segment -> segment.substring(1, segment.length() - 1))
            .toList();
    for (String name : named) {
      if (!components.contains(name)) {
        throw new DeclarationException(
            "path %s must name components of %s %s, but names {%s}: use one of them"
                .formatted(path, request.getSimpleName(), components, name));
      }
      if (Collections.frequency(named, name) > 1) {
        throw new DeclarationException(
            "path %s must name each component once, but names {%s} again: remove one of the two"
                .formatted(path, name));
      }
    }
  }

  private static List<String> components(Class<?> request) {
    RecordComponent[] declared = request.getRecordComponents();
    return declared == null
        ? List.of()
        : Arrays.stream(declared).map(RecordComponent::getName).toList();
  }
}
