package io.hormesis.edge;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectReader;

/** Reads a body that must be one JSON object in UTF-8, with members of declared types. */
final class JsonBody {

  private JsonBody() {}

  /** A member that may be there. */
  record Member(Type type, ObjectReader reader) {
    static Member of(Type type) {
      return new Member(type, PlainJson.reader(type));
    }
  }

  /**
   * Reads the members of the object.
   *
   * @param known the members that may be there
   * @throws Refusal when it is no such object
   */
  static Map<String, Object> members(byte[] body, Map<String, Member> known) {
    List<String> names = new ArrayList<>(known.keySet());
    String text = text(body);
    if (text.isBlank()) {
      throw notAnObject("empty", names);
    }
    try (JsonParser in = PlainJson.MAPPER.createParser(text)) {
      try {
        return members(in, known, names);
      } catch (LoneSurrogate e) {
        throw refusal(
            "text in the body must be Unicode, but holds half a surrogate pair at %s: escape both halves",
            in.currentTokenLocation());
      } catch (StreamConstraintsException e) {
        throw new Refusal(
            Problem.badRequest(
                "body must nest at most %d deep, with at most %d names, values and brackets, numbers of at most %d and names of at most %d characters, but has more of one: make it smaller"
                    .formatted(
                        PlainJson.NESTING, PlainJson.TOKENS, PlainJson.NUMBER, PlainJson.NAME)));
      } catch (JacksonException e) {
        throw duplicate(e)
            ? twice(in.currentName())
            : new Refusal(
                Problem.badRequest(
                    "body must be JSON, but is not%s: correct it there".formatted(at(e))));
      }
    }
  }

  private static Map<String, Object> members(
      JsonParser in, Map<String, Member> known, List<String> names) {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw notAnObject(PlainJson.shown(in), names);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = PlainJson.wellFormed(in.currentName());
      Member member = known.get(name);
      if (member == null) {
        throw new Refusal(
            Problem.wrongField(
                name, "field " + Fields.unknown(name, names, Fields.nearest(name, names))));
      }
      in.nextToken();
      values.put(name, PlainJson.read(name, member.type(), member.reader(), in));
    }
    if (in.nextToken() != null) {
      throw refusal(
          "body must be one JSON object, but more follows it at %s: send the object alone",
          in.currentTokenLocation());
    }
    return values;
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(
          Problem.badRequest(
              "body must be UTF-8, but holds bytes that are not: encode its text as UTF-8"));
    }
  }

  /** Half a surrogate pair was met. */
  static final class LoneSurrogate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoneSurrogate() {
      super("half a surrogate pair", null, false, false);
    }
  }

  private static boolean duplicate(JacksonException e) {
    return e.getOriginalMessage().startsWith("Duplicate Object property");
  }

  private static Refusal twice(String name) {
    return new Refusal(
        Problem.wrongField(
            name,
            "field \"%s\" must be given once, but is given twice: remove one"
                .formatted(Shown.of(name))));
  }

  private static Refusal notAnObject(String actual, List<String> expected) {
    return new Refusal(
        Problem.badRequest(
            "body must be a JSON object, but was %s: send one with %s"
                .formatted(actual, String.join(", ", expected))));
  }

  private static Refusal refusal(String form, TokenStreamLocation location) {
    return new Refusal(Problem.badRequest(form.formatted(place(location))));
  }

  private static String at(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? "" : " at " + place(location);
  }

  private static String place(TokenStreamLocation location) {
    return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
