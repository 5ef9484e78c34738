package io.hormesis.process;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
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
    RecordComponent[] declared = request.getRecordComponents();
    List<String> components =
        declared == null
            ? List.of()
            : Arrays.stream(declared).map(RecordComponent::getName).toList();
    for (String segment : path.split("/", -1)) {
      if (segment.startsWith("{")
          && !components.contains(segment.substring(1, segment.length() - 1))) {
        throw new DeclarationException(
            "path %s must name components of %s %s, but names %s: use one of them"
                .formatted(path, request.getSimpleName(), components, segment));
      }
    }
  }
}
