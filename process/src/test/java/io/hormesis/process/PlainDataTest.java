package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDataTest {
  enum Colour {
    RED
  }

  record Leaves(
      String text,
      char letter,
      Character boxedLetter,
      boolean flag,
      Boolean boxedFlag,
      byte small,
      Byte boxedSmall,
      short shorter,
      Short boxedShorter,
      int number,
      Integer boxedNumber,
      long longer,
      Long boxedLonger,
      float single,
      Float boxedSingle,
      double twice,
      Double boxedTwice,
      BigDecimal exact,
      BigInteger whole,
      Instant instant,
      LocalDate date,
      Duration time,
      Colour colour,
      RequestId id) {}

  record Containers(
      Optional<String> maybe,
      List<Leaves> many,
      Map<String, Leaves> named,
      Optional<List<Map<String, Colour>>> deep) {}

  record Empty() {}

  record Tree(String name, List<Tree> children, Optional<Tree> parent) {}

  record Egg(List<Hen> hens) {}

  record Hen(List<Egg> eggs) {}

  record HoldsObject(Object any) {}

  record HoldsDate(Date date) {}

  record HoldsArray(byte[] bytes) {}

  record HoldsSet(Set<String> words) {}

  record HoldsArrayList(ArrayList<String> words) {}

  record HoldsAnything(List<?> words) {}

  record HoldsNumberedMap(Map<Integer, String> words) {}

  record HoldsOwnKind(List<HoldsOwnKind> same, Thread other) {}

  record Generic<T>(T value) {}

  record HoldsGeneric(Generic<String> generic) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        Leaves.class,
        Containers.class,
        Empty.class,
        Tree.class,
        Egg.class,
        Hen.class,
        Colour.class
      })
  void recordsOfPlainDataAreAccepted(Class<?> type) {
    assertThatCode(() -> PlainData.check("state", type)).doesNotThrowAnyException();
  }

  @Test
  void everythingElseIsRefusedWithThePlaceWhereItIs() {
    refused(HoldsObject.class, "state.any", "java.lang.Object");
    refused(HoldsDate.class, "state.date", "java.util.Date");
    refused(HoldsArray.class, "state.bytes", "byte[]");
    refused(HoldsSet.class, "state.words", "java.util.Set<java.lang.String>");
    refused(HoldsArrayList.class, "state.words", "java.util.ArrayList<java.lang.String>");
    refused(HoldsAnything.class, "state.words", "?");
    refused(
        HoldsNumberedMap.class,
        "state.words",
        "java.util.Map<java.lang.Integer, java.lang.String>");
    refused(HoldsOwnKind.class, "state.other", "java.lang.Thread");
    refused(
        HoldsGeneric.class,
        "state.generic",
        "io.hormesis.process.PlainDataTest$Generic<java.lang.String>");
    refused(Thread.class, "state", "java.lang.Thread");
  }

  private static void refused(Class<?> type, String where, String held) {
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(() -> PlainData.check("state", type))
        .withMessage(
            "%s must be plain data (records, text, numbers, times, enums, Optional, List, Map from text), but holds a %s: use one of these"
                .formatted(where, held));
  }
}
