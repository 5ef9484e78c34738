package io.hormesis.simulation.generate;

import io.hormesis.process.Application;
import io.hormesis.process.RequestId;
import io.hormesis.simulation.Dice;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws plain data: records, and all that they may hold, as {@code PlainData} allows it.
 *
 * <p>A record checks itself, and says what is wrong by the name of a component, as an edge expects
 * it, too: then only that component is drawn again, until the record takes it or patience ends. A
 * component that a record took is <em>known</em> from then on by its name and type, as {@code
 * citizen} is: most later draws pick one of a few known values, so that requests meet each other's
 * keys, and the rules of one record help with the next.
 *
 * <p>All that is known is learnt in the beginning, the same for the same types; a draw depends on
 * its random numbers alone. For one thread.
 */
public final class PlainValues {
  private static final int DEEPEST = 20;
  private static final int DEEP = 2;

  private final Map<Type, Generator<?>> helps = new LinkedHashMap<>();
  private final Map<Class<?>, RecordDraw> records = new HashMap<>();
  private final Known known = new Known();

  private PlainValues(Collection<? extends Generator<?>> help) {
    help.forEach(it -> helps.put(it.type(), it));
  }

  /**
   * Learns the values of all messages and replies of an application.
   *
   * @param help of the application's author
   */
  public static PlainValues of(Application application, Collection<? extends Generator<?>> help) {
    List<Type> types = new ArrayList<>();
    application
        .processes()
        .forEach(process ->
            process
                .contract()
                .messages()
                .forEach(message -> {
                  types.add(message.type());
                  types.add(message.replyType());
                }));
    types.removeIf(it -> it == Void.class);
    return of(types, help);
  }

  /** Learns the values of some types. */
  static PlainValues of(List<Type> types, Collection<? extends Generator<?>> help) {
    PlainValues values = new PlainValues(help);
    values.known.learn(types, (type, random) -> values.draw(type, random));
    return values;
  }

  /**
   * Draws a value.
   *
   * @throws UndrawableException when a record refuses all that comes to mind
   */
  public Object draw(Type type, RandomGenerator random) {
    return draw(type, random, 0);
  }

  /**
   * Draws a reply that a request could get: where its record has a component of the request, it has
   * the request's value, if it takes that.
   *
   * @throws UndrawableException when a record refuses all that comes to mind
   */
  public Object drawReply(Record request, Type type, RandomGenerator random) {
    return about(request, draw(type, random));
  }

  private Object about(Record request, Object reply) {
    return switch (reply) {
      case Optional<?> optional -> optional.map(it -> about(request, it));
      case Record record when !helps.containsKey(record.getClass()) ->
          records
              .computeIfAbsent(record.getClass(), it -> new RecordDraw(it, known))
              .with(record, new RecordDraw(request.getClass(), known).values(request));
      default -> reply;
    };
  }

  private Object draw(Type type, RandomGenerator random, int depth) {
    if (depth > DEEPEST) {
      throw UndrawableException.endless(type);
    }
    Generator<?> help = helps.get(type);
    return help != null ? help.draw(random) : unaided(type, random, depth);
  }

  private Object unaided(Type type, RandomGenerator random, int depth) {
    return switch (type) {
      case ParameterizedType container -> container(container, random, depth);
      case Class<?> id when id == RequestId.class -> new RequestId(Texts.fresh(random));
      case Class<?> record when record.isRecord() ->
          records
              .computeIfAbsent(record, it -> new RecordDraw(it, known))
              .draw(random, component -> draw(component.type(), random, depth + 1));
      case Class<?> leaf ->
          LeafValues.draw(leaf, random).orElseThrow(() -> UndrawableException.endless(leaf));
      default -> throw UndrawableException.endless(type);
    };
  }

  private Object container(ParameterizedType type, RandomGenerator random, int depth) {
    Type content = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    boolean empty = depth > DEEP || random.nextInt(4) == 0;
    if (type.getRawType() == Optional.class) {
      return empty ? Optional.empty() : Optional.of(draw(content, random, depth + 1));
    }
    int size = empty ? 0 : random.nextInt(1, 4);
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(draw(content, random, depth + 1));
    }
    if (type.getRawType() == List.class) {
      return List.copyOf(elements);
    }
    Map<String, Object> members = new LinkedHashMap<>();
    elements.forEach(it -> members.put(Texts.draw(random), it));
    return members;
  }

  /** The stream from which all is learnt. */
  static RandomGenerator learning(Type type) {
    return Dice.of(0, "learn " + type.getTypeName()).generator();
  }
}
