package io.hormesis.edge;

import io.hormesis.process.RequestId;
import io.hormesis.process.Route;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Turns a call into the request of its route: names in the path, query parameters and members of
 * the JSON body become the record's components of the same name, the {@code Idempotency-Key} header
 * becomes its component of type {@link RequestId}. Nothing is guessed: what is unknown, missing,
 * doubled or of another kind is refused.
 *
 * @param open the components that come in the query or, for a command, in the body too
 */
record Binding(Route route, Shape shape, Map<String, JsonBody.Member> open) {
  static final String KEY = "Idempotency-Key";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern ACCEPTED =
      Pattern.compile(
          "application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?|application/x-www-form-urlencoded",
          Pattern.CASE_INSENSITIVE);

  static Binding of(Route route) {
    Shape shape = Shape.of(route.request());
    Map<String, JsonBody.Member> open = new LinkedHashMap<>();
    for (Shape.Component it : shape.components()) {
      if (it.type() != RequestId.class && !route.path().contains("{" + it.name() + "}")) {
        open.put(it.name(), JsonBody.Member.of(it.type()));
      }
    }
    return new Binding(route, shape, open);
  }

  /**
   * Makes the request.
   *
   * @param inPath decoded values of the path's names
   * @throws Refusal when the call is not what the route wants
   */
  Record bind(HttpCall call, Map<String, String> inPath) {
    Map<String, String> inQuery = query(call.query());
    Map<String, Object> inBody = command() ? body(call) : Map.of();
    List<Object> values = new ArrayList<>();
    for (Shape.Component component : shape.components()) {
      values.add(value(component, call, new Given(inPath, inQuery, inBody)));
    }
    try {
      return shape.make(values);
    } catch (IllegalArgumentException e) {
      throw wrongValue(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The call that {@link #bind} turns into a request.
   *
   * @throws IllegalArgumentException when there is none
   */
  EdgeRequest call(Record request) {
    String path = route.path();
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, Object> rest = new LinkedHashMap<>();
    for (Shape.Component component : shape.components()) {
      Object value = component.valueIn(request);
      if (value instanceof RequestId id && component.type() == RequestId.class) {
        headers.put(KEY, id.value());
      } else if (open.containsKey(component.name())) {
        rest.put(component.name(), value);
      } else {
        path = path.replace("{%s}".formatted(component.name()), segment(component, value));
      }
    }
    if (!command()) {
      return new EdgeRequest(route.method(), path + parameters(rest), headers, "");
    }
    headers.put("Content-Type", HttpReply.JSON);
    return new EdgeRequest(route.method(), path, headers, rest.isEmpty() ? "" : JsonText.of(rest));
  }

  private static String segment(Shape.Component component, Object value) {
    String text = Values.text(component.name(), value);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "%s must not be empty in a path, but is: choose another".formatted(component.name()));
    }
    return Percent.encoded(text);
  }

  private static String parameters(Map<String, Object> values) {
    List<String> pairs = new ArrayList<>();
    values.forEach((name, value) -> {
      if (!Optional.empty().equals(value)) {
        pairs.add(name + "=" + Percent.encoded(Values.text(name, value)));
      }
    });
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  /** What a caller gave, by name. */
  private record Given(
      Map<String, String> inPath, Map<String, String> inQuery, Map<String, Object> inBody) {}

  private Object value(Shape.Component component, HttpCall call, Given given) {
    String name = component.name();
    Type type = component.type();
    if (type == RequestId.class) {
      return requestId(call);
    }
    String segment = given.inPath().get(name);
    String parameter = given.inQuery().get(name);
    Object member = given.inBody().get(name);
    if (segment != null) {
      return Values.ofText(name, type, segment);
    }
    if (parameter != null && member != null) {
      throw twice(name, "in the query and in the body");
    }
    if (parameter != null) {
      return Values.ofText(name, type, parameter);
    }
    return member != null ? member : missing(name, type);
  }

  private Object missing(String name, Type type) {
    if (type instanceof ParameterizedType container && container.getRawType() == Optional.class) {
      return Optional.empty();
    }
    throw new Refusal(
        Problem.wrongField(
            name,
            "%s \"%s\" must be %s"
                .formatted(
                    command() ? "field" : "query parameter",
                    name,
                    PlainJson.missing(PlainJson.expected(type)))));
  }

  private static RequestId requestId(HttpCall call) {
    List<String> given = call.headers(KEY);
    if (given.size() != 1) {
      throw wrongKey(
          given.isEmpty() ? "is missing" : "is given %d times".formatted(given.size()),
          "give one, new for each new request, and the same when you ask again");
    }
    try {
      return new RequestId(given.getFirst());
    } catch (IllegalArgumentException e) {
      throw wrongKey(
          "was \"%s\" (%d characters)"
              .formatted(Shown.of(given.getFirst()), given.getFirst().length()),
          "choose another");
    }
  }

  private Map<String, Object> body(HttpCall call) {
    byte[] body = call.body();
    if (body.length == 0 && open.isEmpty()) {
      return Map.of();
    }
    if (body.length > 0) {
      checkContentType(call);
    }
    return JsonBody.members(body, open);
  }

  /**
   * A body that does not say what it is, is taken for JSON: nothing else is ever expected. So is
   * one that calls itself a form, for that is what curl and many libraries say when their user says
   * nothing.
   */
  private static void checkContentType(HttpCall call) {
    Optional<String> type = call.header("Content-Type");
    if (type.isPresent() && !ACCEPTED.matcher(type.get().strip()).matches()) {
      throw new Refusal(
          Problem.unsupported(
              "header Content-Type must be application/json, but was \"%s\": send JSON and say so"
                  .formatted(Shown.of(type.get()))));
    }
  }

  private Map<String, String> query(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Percent.decodedParameter(equals < 0 ? pair : pair.substring(0, equals));
      String value = Percent.decodedParameter(equals < 0 ? "" : pair.substring(equals + 1));
      if (!open.containsKey(name)) {
        throw new Refusal(
            Problem.wrongField(
                name,
                "query parameter " + Fields.unknown(name, names(), Fields.nearest(name, names()))));
      }
      if (values.put(name, value) != null) {
        throw twice(name, "in the query");
      }
    }
    return values;
  }

  private List<String> names() {
    return List.copyOf(open.keySet());
  }

  private boolean command() {
    return route.method().equals("POST");
  }

  /** The record's own refusal; the component that its text names first is the wrong field. */
  private Refusal wrongValue(String text) {
    Optional<String> field =
        NAME.matcher(text).results().map(MatchResult::group).filter(shape::has).findFirst();
    return new Refusal(new Problem(400, ProblemKind.WRONG_FIELD, text, field, Optional.empty()));
  }

  private static Refusal wrongKey(String actual, String next) {
    return new Refusal(
        Problem.wrongField(
            KEY,
            "header Idempotency-Key must be 1 to 128 visible characters, but %s: %s"
                .formatted(actual, next)));
  }

  private static Refusal twice(String name, String where) {
    return new Refusal(
        Problem.wrongField(
            name,
            "field \"%s\" must be given once, but is given twice, %s: remove one"
                .formatted(Shown.of(name), where)));
  }
}
