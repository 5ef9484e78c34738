package io.hormesis.server;

import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.MessageType;
import io.hormesis.process.Peers;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads from an application's code what a store of it holds. */
final class ManifestReader {
  private final Map<String, StoreManifest.TypeShape> types = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  private ManifestReader() {}

  /**
   * Reads an application.
   *
   * @param peers what workers are made with, to look at the type of their state
   */
  static StoreManifest read(Application application, Function<Declaration<?>, Peers> peers) {
    ManifestReader reader = new ManifestReader();
    Map<String, StoreManifest.ProcessShape> processes = new LinkedHashMap<>();
    for (Declaration<?> process : application.processes()) {
      processes.put(
          process.name(),
          ApplicationLoader.within(
              process.contract().type().getClassLoader(),
              () -> reader.shape(process, peers.apply(process))));
    }
    return new StoreManifest(processes, reader.types);
  }

  private StoreManifest.ProcessShape shape(Declaration<?> process, Peers peers) {
    String state =
        switch (process.factory()) {
          case Declaration.Factory.Stateless<?> _ -> "";
          case Declaration.Factory.Stateful<?, ?> stateful -> {
            StatefulWorker<?, ?> worker = stateful.make().apply(peers);
            yield name(StateType.of(worker));
          }
        };
    int partitions = process.state().map(Declaration.Keyed::partitions).orElse(0);
    List<StoreManifest.MessageShape> messages = new ArrayList<>();
    for (MessageType message : process.contract().messages()) {
      boolean notice = message.kind() == MessageType.Kind.NOTICE;
      boolean kept = partitions > 0 || notice;
      messages.add(
          new StoreManifest.MessageShape(
              message.name(),
              message.kind().name(),
              kept ? name(message.type()) : "",
              kept && !notice ? name(message.replyType()) : ""));
    }
    return new StoreManifest.ProcessShape(partitions, state, messages);
  }

  private String name(Type type) {
    return switch (type) {
      case ParameterizedType container -> {
        Type[] held = container.getActualTypeArguments();
        String outer = ((Class<?>) container.getRawType()).getSimpleName();
        yield outer + "<" + name(held[held.length - 1]) + ">";
      }
      case Class<?> id when id == RequestId.class -> id.getSimpleName();
      case Class<?> named when named.isRecord() || named.isEnum() -> named(named);
      case Class<?> leaf -> MethodType.methodType(leaf).unwrap().returnType().getSimpleName();
      default -> throw new IllegalArgumentException(type + " is not plain data");
    };
  }

  /** A class goes by its name without the package, as long as no other does. */
  private String named(Class<?> type) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    String plain =
        type.getName().substring(type.getPackageName().length()).replaceFirst("^\\.", "");
    String name = plain.replace('$', '.');
    for (int other = 2; types.containsKey(name); other++) {
      name = plain.replace('$', '.') + "#" + other;
    }
    names.put(type, name);
    // It may hold itself, which is no reason to look at it again.
    types.put(name, new StoreManifest.TypeShape(List.of(), List.of()));
    types.put(name, shape(type));
    return name;
  }

  private StoreManifest.TypeShape shape(Class<?> type) {
    if (type.isEnum()) {
      return new StoreManifest.TypeShape(
          List.of(),
          Arrays.stream(type.getEnumConstants()).map(it -> ((Enum<?>) it).name()).toList());
    }
    return new StoreManifest.TypeShape(
        Arrays.stream(type.getRecordComponents())
            .map(it -> new StoreManifest.ComponentShape(it.getName(), name(it.getGenericType())))
            .toList(),
        List.of());
  }
}
