package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The load on the fake town: half writes; half of the reads read an acknowledged write back. */
class TownLoad implements Workload {
  @Override
  public String application() {
    return "town";
  }

  @Override
  public String target() {
    return "desk";
  }

  @Override
  public Call draw(long run, RandomGenerator random, Recall recall) {
    String key = "k" + random.nextLong(Long.MAX_VALUE);
    int lot = random.nextInt(4);
    if (lot < 2) {
      return Call.Write.post("/desk", key, new Spot("desk", key));
    }
    if (lot == 2) {
      return new Call.Read(
          EdgeRequest.get("/inbox/" + key), new Spot("inbox", key), false, Optional.empty());
    }
    Optional<Call.Acknowledged> about = recall.any(random);
    String known = about.map(it -> it.write().spot().key()).orElse(key);
    return new Call.Read(EdgeRequest.get("/desk/" + known), new Spot("desk", known), false, about);
  }

  @Override
  public Meaning meaning(Call call, EdgeReply reply) {
    return switch (call) {
      case Call.Write _ ->
          switch (reply.status()) {
            case 201 -> new Meaning.Accepted(reply.body());
            case 409 -> new Meaning.Declined();
            default -> new Meaning.Strange("status " + reply.status());
          };
      case Call.Read read ->
          read.about().filter(it -> !it.receipt().equals(reply.body())).isPresent()
              ? new Meaning.Untrue("desk must show " + read.about().get().receipt())
              : new Meaning.Shown();
    };
  }

  @Override
  public List<Spot> spots(Call.Write write) {
    return List.of(write.spot(), new Spot("inbox", write.spot().key()));
  }

  @Override
  public EdgeRequest readBack(Call.Write write, Spot spot) {
    return EdgeRequest.get("/" + spot.process() + "/" + spot.key());
  }

  @Override
  public int count(Call.Acknowledged write, Spot spot, EdgeReply shown) {
    return (int)
        Arrays.stream(shown.body().split(",", -1)).filter(it -> it.equals(write.receipt())).count();
  }

  @Override
  public Optional<String> recognise(Call.Write write, EdgeReply shown) {
    return shown.status() == 200 ? Optional.of(shown.body()) : Optional.empty();
  }
}
