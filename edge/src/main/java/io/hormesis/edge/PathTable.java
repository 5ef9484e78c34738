package io.hormesis.edge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A routing table: what stands at a path, whose segments may be names in braces.
 *
 * @param <T> what stands there
 */
final class PathTable<T> {
  private final List<Entry<T>> entries;

  /** In the order in which error texts show them; the first one with fewest names wins. */
  PathTable(List<Entry<T>> entries) {
    this.entries = List.copyOf(entries);
  }

  /** What stands at one path for one method. */
  record Entry<T>(String method, String path, List<String> segments, T target) {

    Entry(String method, String path, T target) {
      this(method, path, PathTable.segments(path), target);
    }

    private boolean fits(List<String> given) {
      if (given.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < given.size(); i++) {
        String segment = segments.get(i);
        if (isName(segment) ? given.get(i).isEmpty() : !segment.equals(given.get(i))) {
          return false;
        }
      }
      return true;
    }

    private long names() {
      return segments.stream().filter(Entry::isName).count();
    }

    private Map<String, String> values(List<String> given) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        if (isName(segment)) {
          values.put(segment.substring(1, segment.length() - 1), given.get(i));
        }
      }
      return values;
    }

    private static boolean isName(String segment) {
      return segment.startsWith("{");
    }
  }

  /** Where a call leads. */
  sealed interface Match<T> {

    /** To what stands there, with the decoded values of its path's names. */
    record Found<T>(T target, Map<String, String> values) implements Match<T> {}

    /** To a path that has only these methods. */
    record OtherMethods<T>(String allow) implements Match<T> {}

    /** Nowhere. */
    record Nowhere<T>() implements Match<T> {}
  }

  /**
   * Finds what stands at a path; a literal segment goes before a name in braces.
   *
   * @param path as it came, still encoded
   * @throws Refusal when it is not percent-encoded UTF-8
   */
  Match<T> match(String method, String path) {
    List<String> given = segments(path).stream().map(Percent::decoded).toList();
    List<Entry<T>> fitting =
        entries.stream()
            .filter(it -> it.fits(given))
            .sorted(Comparator.comparingLong(Entry::names))
            .toList();
    if (fitting.isEmpty()) {
      return new Match.Nowhere<>();
    }
    return fitting.stream()
        .filter(it -> it.method().equals(method))
        .findFirst()
        .map(it -> (Match<T>) new Match.Found<>(it.target(), it.values(given)))
        .orElseGet(() -> new Match.OtherMethods<>(allowed(fitting)));
  }

  /** The paths that there are, for an error's text. */
  String paths() {
    return entries.stream().map(Entry::path).distinct().collect(Collectors.joining(", "));
  }

  private static List<String> segments(String path) {
    String[] segments = path.split("/", -1);
    return Arrays.asList(segments).subList(Math.min(1, segments.length), segments.length);
  }

  private static <T> String allowed(List<Entry<T>> entries) {
    return entries.stream()
        .map(Entry::method)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
