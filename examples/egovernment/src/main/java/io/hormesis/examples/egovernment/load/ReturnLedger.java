package io.hormesis.examples.egovernment.load;

import io.hormesis.edge.EdgeReply;
import io.hormesis.trial.ReferenceModel;
import io.hormesis.trial.TrialCall;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tax desk as a register for each citizen and year that is written once: a return is accepted
 * and then shown for ever, every further one is refused.
 */
final class ReturnLedger
    implements ReferenceModel<ReturnLedger.State, ReturnLedger.Ask, ReturnLedger.Say> {
  private static final String PATH = "/tax-returns/";
  private static final JsonMapper JSON = new JsonMapper();

  /** What the desk knows of one citizen's year. */
  sealed interface State {
    /** Nothing was filed. */
    record Free() implements State {}

    /**
     * A return was accepted.
     *
     * @param receipt empty until somebody was told it
     */
    record Filed(long income, Optional<String> receipt) implements State {}
  }

  /** What is asked of the desk. */
  sealed interface Ask {
    record File(long income) implements Ask {}

    record Show() implements Ask {}
  }

  /** What the desk says. */
  sealed interface Say {
    /** It accepted, or shows, this return. */
    record Has(String receipt, long income) implements Say {}

    /** It refuses a second return. */
    record Taken() implements Say {}

    /** There is no return. */
    record None() implements Say {}
  }

  @Override
  public State initial() {
    return new State.Free();
  }

  @Override
  public Optional<State> step(State state, Ask ask, Optional<Say> said) {
    return switch (ask) {
      case Ask.File file -> filed(state, file.income(), said);
      case Ask.Show _ ->
          said.map(it -> it.equals(new Say.None()) ? unless(state) : seen(state, it))
              .orElseGet(() -> Optional.of(state));
    };
  }

  private static Optional<State> filed(State state, long income, Optional<Say> said) {
    return switch (state) {
      case State.Free _ -> {
        State next = new State.Filed(income, Optional.empty());
        yield said.map(it -> seen(next, it)).orElseGet(() -> Optional.of(next));
      }
      case State.Filed _ ->
          said.isEmpty() || said.get() instanceof Say.Taken ? Optional.of(state) : Optional.empty();
    };
  }

  private static Optional<State> unless(State state) {
    return state instanceof State.Free ? Optional.of(state) : Optional.empty();
  }

  /** A return is seen only as it was filed; its receipt is known from then on. */
  private static Optional<State> seen(State state, Say said) {
    return state instanceof State.Filed filed
            && said instanceof Say.Has has
            && has.income() == filed.income()
            && filed.receipt().orElse(has.receipt()).equals(has.receipt())
        ? Optional.of(new State.Filed(has.income(), Optional.of(has.receipt())))
        : Optional.empty();
  }

  @Override
  public Optional<Asked<Ask>> asked(TrialCall call) {
    return switch (call) {
      case TrialCall.Write write -> {
        JsonNode filing = parse(write.request().body());
        String key = filing.path("citizen").asString("") + "/" + filing.path("year").asInt(-1);
        yield Optional.of(new Asked<>(key, new Ask.File(filing.path("income").asLong(-1))));
      }
      case TrialCall.Read read ->
          Optional.of(read.request().path())
              .filter(it -> it.startsWith(PATH))
              .map(it -> new Asked<>(it.substring(PATH.length()), new Ask.Show()));
    };
  }

  @Override
  public Optional<Say> told(TrialCall call, EdgeReply reply) {
    boolean write = call instanceof TrialCall.Write;
    return switch (reply.status()) {
      case 201 -> write ? has(reply) : Optional.empty();
      case 200 -> write ? Optional.empty() : has(reply);
      case 409 -> write ? Optional.of(new Say.Taken()) : Optional.empty();
      case 404 -> write ? Optional.empty() : Optional.of(new Say.None());
      default -> Optional.empty();
    };
  }

  private static Optional<Say> has(EdgeReply reply) {
    JsonNode shown = parse(reply.body());
    String receipt = shown.path("receipt").asString("");
    return receipt.isEmpty()
        ? Optional.empty()
        : Optional.of(new Say.Has(receipt, shown.path("income").asLong(-1)));
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }
}
