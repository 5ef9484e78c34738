package io.hormesis.edge;

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
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body that must be one JSON object (RFC 8259), strictly: UTF-8 without errors, no member
 * twice, nothing behind it, nesting, length and numbers of bounded size: 64 KiB of commas must not
 * become megabytes of objects.
 */
final class JsonBody {
  private static final int NESTING = 32;
  private static final int NUMBER = 100;
  private static final int NAME = 200;
  private static final int TOKENS = 10_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING)
                  .maxNumberLength(NUMBER)
                  .maxNameLength(NAME)
                  .maxTokenCount(TOKENS)
                  .build())
          .build();

  private JsonBody() {}

  /**
   * Reads the members of the object.
   *
   * @param expected the members that are expected, for the error's text
   * @throws Refusal when it is no such object
   */
  static Map<String, Json> members(byte[] body, List<String> expected) {
    String text = text(body);
    if (text.isBlank()) {
      throw notAnObject("empty", expected);
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw refusal(
            "body must be one JSON object, but more follows it at %s: send the object alone",
            parser.currentTokenLocation());
      }
      if (value instanceof Json.Members(var members)) {
        return members;
      }
      throw notAnObject(value.shown(), expected);
    } catch (StreamConstraintsException e) {
      throw new Refusal(
          Problem.badRequest(
              "body must nest at most %d deep, with at most %d names, values and brackets, numbers of at most %d and names of at most %d characters, but has more of one: make it smaller"
                  .formatted(NESTING, TOKENS, NUMBER, NAME)));
    } catch (JacksonException e) {
      throw new Refusal(
          Problem.badRequest("body must be JSON, but is not%s: correct it there".formatted(at(e))));
    }
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

  private static Json value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.Text(wellFormed(parser, parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Figure(parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> new Json.Truth(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> new Json.Nothing();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static Json object(JsonParser parser) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = wellFormed(parser, parser.currentName());
      parser.nextToken();
      if (members.put(name, value(parser)) != null) {
        throw new Refusal(
            Problem.wrongField(
                name,
                "field \"%s\" must be given once, but is given twice: remove one"
                    .formatted(Shown.of(name))));
      }
    }
    return new Json.Members(members);
  }

  private static Json array(JsonParser parser) {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Json.Elements(elements);
  }

  /** JSON can escape half of a surrogate pair, which no UTF-8 can carry on. */
  private static String wellFormed(JsonParser parser, String text) {
    boolean lone =
        text.codePoints()
            .anyMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE);
    if (lone) {
      throw refusal(
          "text in the body must be Unicode, but holds half a surrogate pair at %s: escape both halves",
          parser.currentTokenLocation());
    }
    return text;
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
