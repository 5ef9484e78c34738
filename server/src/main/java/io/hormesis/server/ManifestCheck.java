package io.hormesis.server;

import io.hormesis.server.StoreManifest.ComponentShape;
import io.hormesis.server.StoreManifest.MessageShape;
import io.hormesis.server.StoreManifest.ProcessShape;
import io.hormesis.server.StoreManifest.TypeShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether code reads what a store holds. It may have more processes, more messages at the end of
 * contracts, more components that have a default ({@code Optional}, {@code List}, {@code Map}) and
 * more constants at the end of enums than the code that wrote it; all else is refused.
 */
final class ManifestCheck {
  private static final String NEXT =
      "bring back the code that wrote it, or begin with an empty store";

  private final StoreManifest was;
  private final StoreManifest is;
  private final Set<String> compared = new HashSet<>();

  private ManifestCheck(StoreManifest was, StoreManifest is) {
    this.was = was;
    this.is = is;
  }

  /**
   * Compares.
   *
   * @throws UnfitStoreException when the code would not read all that the store holds
   */
  static void compare(StoreManifest was, StoreManifest is) {
    ManifestCheck check = new ManifestCheck(was, is);
    was.processes().forEach(check::compare);
  }

  private void compare(String name, ProcessShape before) {
    ProcessShape now = is.processes().get(name);
    if (now == null) {
      if (before.stateful() || before.messages().stream().anyMatch(it -> !it.body().isEmpty())) {
        throw unfit("process %s is in the store, but not in the application now", name);
      }
      return;
    }
    if (before.stateful() && before.partitions() != now.partitions()) {
      throw unfit(
          "partitions of %s were %d, but are %d now: then most keys would be looked for where they are not",
          name, before.partitions(), now.partitions());
    }
    if (before.stateful()) {
      compare("state of " + name, before.state(), now.state());
    }
    for (int i = 0; i < before.messages().size(); i++) {
      compare(name, i, before.messages().get(i), now.messages());
    }
  }

  private void compare(String process, int place, MessageShape before, List<MessageShape> all) {
    MessageShape now = place < all.size() ? all.get(place) : new MessageShape("none", "", "", "");
    if (!before.name().equals(now.name())) {
      throw unfit(
          "message number %s#%d was %s, but is %s now: keep the order of the contract's records and add new ones at its end",
          process, place + 1, before.name(), now.name());
    }
    if (!before.kind().equals(now.kind())) {
      throw unfit("message %s was a %s, but is a %s now", before.name(), before.kind(), now.kind());
    }
    if (!before.body().isEmpty() && !now.body().isEmpty()) {
      compare("message " + before.name(), before.body(), now.body());
    }
    if (!before.reply().isEmpty() && !now.reply().isEmpty()) {
      compare("reply to " + before.name(), before.reply(), now.reply());
    }
  }

  /** Compares two types, and what they hold. */
  private void compare(String where, String before, String now) {
    if (!compared.add(before + " " + now)) {
      return;
    }
    int opens = before.indexOf('<');
    TypeShape old = was.types().get(before);
    TypeShape young = is.types().get(now);
    if (opens > 0 && now.startsWith(before.substring(0, opens + 1))) {
      compare(where, content(before), content(now));
    } else if (old != null
        && young != null
        && old.constants().isEmpty() == young.constants().isEmpty()) {
      compare(where, before, old, now, young);
    } else if (old != null || young != null || !before.equals(now)) {
      throw unfit("%s was %s, but is %s now", where, shown(was, before), shown(is, now));
    }
  }

  private void compare(String where, String before, TypeShape old, String now, TypeShape young) {
    Map<String, String> left =
        young.components().stream()
            .collect(Collectors.toMap(ComponentShape::name, ComponentShape::type));
    for (ComponentShape component : old.components()) {
      String type = left.remove(component.name());
      if (type == null) {
        throw differs(where, before, now, "component %s is missing".formatted(component.name()));
      }
      compare(where + ", component " + component.name(), component.type(), type);
    }
    left.forEach((added, type) -> {
      if (!type.matches("(Optional|List|Map)<.*")) {
        throw differs(
            where, before, now, "component %s is new and has no default".formatted(added));
      }
    });
    List<String> first =
        young.constants().subList(0, Math.min(old.constants().size(), young.constants().size()));
    if (!first.equals(old.constants())) {
      throw differs(where, before, now, "constants may only be added at the end");
    }
  }

  private UnfitStoreException differs(String where, String before, String now, String why) {
    return unfit("%s was %s, but is %s now (%s)", where, shown(was, before), shown(is, now), why);
  }

  /** A type with what is directly in it. */
  private static String shown(StoreManifest of, String type) {
    TypeShape shape = of.types().get(type);
    if (shape == null) {
      return type;
    }
    return shape.constants().isEmpty()
        ? type + listed(shape.components(), it -> it.name() + ": " + it.type())
        : type + listed(shape.constants(), Function.identity());
  }

  private static <T> String listed(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String content(String container) {
    return container.substring(container.indexOf('<') + 1, container.length() - 1);
  }

  private static UnfitStoreException unfit(String form, Object... values) {
    String what = Objects.requireNonNull(form).formatted(values);
    return new UnfitStoreException(
        "the application must read what its store holds, but does not: %s; %s"
            .formatted(what, NEXT));
  }
}
