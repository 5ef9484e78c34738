package io.hormesis.cli;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import io.hormesis.trial.Workload;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Readers who borrow books; half of them are barred. */
public final class LibraryLoad implements Workload {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String application() {
    return "library";
  }

  @Override
  public String target() {
    return "desk";
  }

  @Override
  public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
    String reader = (random.nextBoolean() ? "a" : "b") + random.nextInt(20);
    return switch (random.nextInt(4)) {
      case 0 -> read("/loans/" + reader, new ReadBackTarget("desk", reader));
      case 1 -> read("/barred/" + reader, new ReadBackTarget("readers", reader));
      default ->
          TrialCall.Write.post(
              "/loans",
              "{\"reader\":\"%s\",\"book\":\"%x\"}".formatted(reader, random.nextLong()),
              new ReadBackTarget("desk", reader));
    };
  }

  private static TrialCall read(String path, ReadBackTarget spot) {
    return new TrialCall.Read(EdgeRequest.get(path), spot, false, Optional.empty());
  }

  @Override
  public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    return switch (reply.status()) {
      case 200 -> new ReplyMeaning.Shown();
      case 201 -> new ReplyMeaning.Accepted(JSON.readTree(reply.body()).path("id").asString(""));
      case 409 -> new ReplyMeaning.Declined();
      default -> new ReplyMeaning.Strange(reply.status() + " " + reply.body());
    };
  }

  @Override
  public List<ReadBackTarget> spots(TrialCall.Write write) {
    return List.of(write.spot());
  }

  @Override
  public EdgeRequest readBack(TrialCall.Write write, ReadBackTarget spot) {
    return EdgeRequest.get("/loans/" + spot.key());
  }

  @Override
  public int count(TrialCall.Acknowledged write, ReadBackTarget spot, EdgeReply shown) {
    return (int)
        loans(shown).stream()
            .filter(it -> it.path("id").asString("").equals(write.receipt()))
            .count();
  }

  @Override
  public Optional<String> recognise(TrialCall.Write write, EdgeReply shown) {
    String book = JSON.readTree(write.request().body()).path("book").asString("");
    return loans(shown).stream()
        .filter(it -> it.path("book").asString("").equals(book))
        .map(it -> it.path("id").asString(""))
        .findFirst();
  }

  private static List<JsonNode> loans(EdgeReply shown) {
    JsonNode loans = JSON.readTree(shown.body()).path("loans");
    return StreamSupport.stream(loans.spliterator(), false).toList();
  }
}
