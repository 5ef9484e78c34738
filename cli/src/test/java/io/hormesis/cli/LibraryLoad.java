package io.hormesis.cli;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.Call;
import io.hormesis.trial.Meaning;
import io.hormesis.trial.Recall;
import io.hormesis.trial.Spot;
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
  public Call draw(long run, RandomGenerator random, Recall recall) {
    String reader = (random.nextBoolean() ? "a" : "b") + random.nextInt(20);
    return switch (random.nextInt(4)) {
      case 0 -> read("/loans/" + reader, new Spot("desk", reader));
      case 1 -> read("/barred/" + reader, new Spot("readers", reader));
      default ->
          Call.Write.post(
              "/loans",
              "{\"reader\":\"%s\",\"book\":\"%x\"}".formatted(reader, random.nextLong()),
              new Spot("desk", reader));
    };
  }

  private static Call read(String path, Spot spot) {
    return new Call.Read(EdgeRequest.get(path), spot, false, Optional.empty());
  }

  @Override
  public Meaning meaning(Call call, EdgeReply reply) {
    return switch (reply.status()) {
      case 200 -> new Meaning.Shown();
      case 201 -> new Meaning.Accepted(JSON.readTree(reply.body()).path("id").asString(""));
      case 409 -> new Meaning.Declined();
      default -> new Meaning.Strange(reply.status() + " " + reply.body());
    };
  }

  @Override
  public List<Spot> spots(Call.Write write) {
    return List.of(write.spot());
  }

  @Override
  public EdgeRequest readBack(Call.Write write, Spot spot) {
    return EdgeRequest.get("/loans/" + spot.key());
  }

  @Override
  public int count(Call.Acknowledged write, Spot spot, EdgeReply shown) {
    return (int)
        loans(shown).stream()
            .filter(it -> it.path("id").asString("").equals(write.receipt()))
            .count();
  }

  @Override
  public Optional<String> recognise(Call.Write write, EdgeReply shown) {
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
