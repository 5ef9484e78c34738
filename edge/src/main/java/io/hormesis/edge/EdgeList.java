package io.hormesis.edge;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The membership of edges at one version: what a caller needs to find another door. A caller names
 * the version that it knows in the header {@code Hormesis-Edges}, and is told the list in the same
 * header of its reply, but only when that is another one: {@code 7
 * http://127.0.0.1:7400,http://127.0.0.1:7410}.
 *
 * @param version grows with each change; 0 is no list at all
 * @param edges of more than {@link #MOST}, callers are told the first ones
 */
public record EdgeList(long version, List<URI> edges) {
  /** The header's name. */
  public static final String HEADER = "Hormesis-Edges";

  /** How many edges a caller is told. */
  public static final int MOST = 32;

  /** What is told when nobody knows better. */
  public static final EdgeList NONE = new EdgeList(0, List.of());

  private static final int LENGTH = 6 * 1024;

  public EdgeList {
    edges = List.copyOf(edges);
  }

  /** What a caller is told who knows a version, or something else, or says nothing. */
  Optional<String> news(Optional<String> known) {
    return version == 0 || known.isEmpty() || known.get().equals(String.valueOf(version))
        ? Optional.empty()
        : Optional.of(text());
  }

  private String text() {
    return version
        + " "
        + edges.stream().limit(MOST).map(URI::toString).collect(Collectors.joining(","));
  }

  /** Reads what {@link #news} wrote; empty when it is something else. */
  static Optional<EdgeList> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (text.length() > LENGTH || parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    try {
      List<URI> edges = Arrays.stream(parts[1].split(",", -1)).map(URI::create).toList();
      return edges.stream().allMatch(EdgeList::isEdge)
          ? Optional.of(new EdgeList(Long.parseLong(parts[0]), edges))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isEdge(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawPath().isEmpty()
        && uri.getRawQuery() == null;
  }
}
