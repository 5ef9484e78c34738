package io.hormesis.server;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.process.Worker;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker makes and nobody could read back is never acknowledged. */
class WhatCannotBeReadBackTest {

  /** A desk whose worker makes whatever it is told to. */
  public sealed interface Desk {
    String name();

    record Make(RequestId id, String name, What what) implements Desk, Command<Card> {}

    record Show(String name) implements Desk, Query<Card> {}
  }

  /** Who is told. */
  public sealed interface Ears {
    record Hear(Optional<String> word) implements Ears, Notice {}
  }

  enum What {
    GOOD,
    NULL,
    DEEP,
    MANY,
    LONG_NUMBER,
    WRONG_REPLY,
    WRONG_NOTICE
  }

  record Card(int points, String holder, BigInteger sum, Nest nest, List<Boolean> stamps) {
    boolean isFull() {
      return points >= 10;
    }
  }

  record Nest(List<Nest> inner) {}

  @Test
  void whatCannotBeReadBackIsRefusedAndItsKeyGoesOn(@TempDir Path folder) throws IOException {
    try (SmallSystem system = new SmallSystem(folder, application())) {
      assertThat(made(system, "1", What.GOOD)).isEqualTo(card(1));
      wrong(system, What.NULL, "state of desk/0 could not be read back: Card.holder must have");
      wrong(system, What.DEEP, "Card.nest.inner[0].inner[0]");
      wrong(system, What.MANY, "Card.stamps[");
      wrong(system, What.LONG_NUMBER, "Card.sum must be a number of at most 100 digits, but has");
      wrong(
          system, What.WRONG_REPLY, "reply to Desk.Make could not be read back: Card.holder must");
      wrong(system, What.WRONG_NOTICE, "notice of desk/0 could not be read back: Hear.word must");
      assertThat(made(system, "2", What.GOOD)).isEqualTo(card(2));
    }
    try (SmallSystem again = new SmallSystem(folder, application())) {
      assertThat(again.replied("b1", new Desk.Show("x"))).isEqualTo(card(2));
      assertThat(made(again, "3", What.GOOD)).isEqualTo(card(3));
    }
  }

  private static Object made(SmallSystem system, String id, What what) {
    return system.replied("a1", make(id, what));
  }

  private static void wrong(SmallSystem system, What what, String reason) {
    CallResult<Object> ended = system.ask("a1", make("wrong-" + what, what));
    assertThat(ended)
        .isInstanceOfSatisfying(
            CallResult.Refused.class, it -> assertThat(it.reason()).contains(reason));
  }

  private static Desk.Make make(String id, What what) {
    return new Desk.Make(new RequestId(id), "x", what);
  }

  private static Card card(int points) {
    return new Card(points, "ann", BigInteger.ONE, new Nest(List.of()), List.of(true));
  }

  private static Application application() {
    return Application.named("desk-town")
        .of(
            process("desk")
                .ownedBy(Owner.named("town"))
                .contract(Desk.class)
                .keyedBy(Desk::name)
                .partitions(1)
                .storedIn(flatFile())
                .worker(DeskWorker::new),
            process("ears")
                .ownedBy(Owner.named("town"))
                .contract(Ears.class)
                .worker(() -> (Worker<Ears>) _ -> Reply.none()));
  }

  // A record takes null where nobody looks.
  @SuppressWarnings({"NullAway", "NullOptional"})
  private static final class DeskWorker implements StatefulWorker<Card, Desk> {
    @Override
    public Card initial() {
      return card(0);
    }

    @Override
    public Step<Card> on(Card card, Desk message) {
      return switch (message) {
        case Desk.Show show -> keep(show.reply(card));
        case Desk.Make make -> made(card(card.points() + 1), make);
      };
    }

    private Step<Card> made(Card next, Desk.Make make) {
      Card holderless = new Card(1, null, BigInteger.ONE, next.nest(), next.stamps());
      return switch (make.what()) {
        case GOOD -> become(next, make.reply(next));
        case NULL -> become(holderless, make.reply(next));
        case DEEP -> become(with(next, deep(), next.stamps(), next.sum()), make.reply(next));
        case MANY ->
            become(
                with(next, next.nest(), Collections.nCopies(120_000, true), next.sum()),
                make.reply(next));
        case LONG_NUMBER ->
            become(
                with(next, next.nest(), next.stamps(), BigInteger.TEN.pow(299)), make.reply(next));
        case WRONG_REPLY -> become(next, make.reply(holderless));
        case WRONG_NOTICE -> become(next, make.reply(next)).telling(new Ears.Hear(null));
      };
    }

    private static Card with(Card card, Nest nest, List<Boolean> stamps, BigInteger sum) {
      return new Card(card.points(), card.holder(), sum, nest, stamps);
    }

    private static Nest deep() {
      Nest nest = new Nest(List.of());
      for (int i = 0; i < 40; i++) {
        nest = new Nest(List.of(nest));
      }
      return nest;
    }
  }
}
