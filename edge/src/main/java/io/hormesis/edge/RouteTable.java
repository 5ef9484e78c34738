package io.hormesis.edge;

import io.hormesis.process.Route;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which route of the application a call takes. */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(List<Route> routes) {
    entries = routes.stream().map(it -> new Entry(Binding.of(it), segments(it.path()))).toList();
  }

  /** Where a call leads. */
  sealed interface Match {

    /** To a route, with the decoded values of its path's names. */
    record Found(Binding binding, Map<String, String> values) implements Match {}

    /** To a path that has only these methods. */
    record OtherMethods(String allow) implements Match {}

    /** Nowhere. */
    record Nowhere() implements Match {}
  }

  /**
   * Finds the route; a literal segment goes before a name in braces.
   *
   * @param path as it came, still encoded
   */
  Match match(String method, String path) {
    List<String> given = segments(path).stream().map(RouteTable::decoded).toList();
    List<Entry> fitting =
        entries.stream()
            .filter(it -> it.fits(given))
            .sorted(Comparator.comparingLong(Entry::names))
            .toList();
    if (fitting.isEmpty()) {
      return new Match.Nowhere();
    }
    return fitting.stream()
        .filter(it -> it.binding().route().method().equals(method))
        .findFirst()
        .map(it -> (Match) new Match.Found(it.binding(), it.values(given)))
        .orElseGet(() -> new Match.OtherMethods(allowed(fitting)));
  }

  /** The paths that there are, for an error's text. */
  String paths() {
    return entries.stream()
        .map(it -> it.binding().route().path())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Decodes one segment or parameter.
   *
   * @throws Refusal when it is not percent-encoded UTF-8
   */
  static String decoded(String encoded) {
    try {
      byte[] bytes =
          URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new Refusal(
          Problem.badRequest(
              "path and query must be percent-encoded UTF-8, but hold \"%s\": encode it"
                  .formatted(Shown.of(encoded))));
    }
  }

  private static List<String> segments(String path) {
    String[] segments = path.split("/", -1);
    return Arrays.asList(segments).subList(Math.min(1, segments.length), segments.length);
  }

  private static String allowed(List<Entry> entries) {
    return entries.stream()
        .map(it -> it.binding().route().method())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private record Entry(Binding binding, List<String> segments) {

    boolean fits(List<String> given) {
      if (given.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < given.size(); i++) {
        boolean fits =
            isName(segments.get(i))
                ? !given.get(i).isEmpty()
                : segments.get(i).equals(given.get(i));
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    long names() {
      return segments.stream().filter(Entry::isName).count();
    }

    Map<String, String> values(List<String> given) {
      Map<String, String> values = new LinkedHashMap<>();
      List<String> names = new ArrayList<>(segments);
      for (int i = 0; i < names.size(); i++) {
        if (isName(names.get(i))) {
          values.put(names.get(i).substring(1, names.get(i).length() - 1), given.get(i));
        }
      }
      return values;
    }

    private static boolean isName(String segment) {
      return segment.startsWith("{");
    }
  }
}
