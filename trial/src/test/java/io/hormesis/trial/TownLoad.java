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
  public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
    String key = "k" + random.nextLong(Long.MAX_VALUE);
    int lot = random.nextInt(4);
    if (lot < 2) {
      return TrialCall.Write.post("/desk", key, new ReadBackTarget("desk", key));
    }
    if (lot == 2) {
      return new TrialCall.Read(
          EdgeRequest.get("/inbox/" + key),
          new ReadBackTarget("inbox", key),
          false,
          Optional.empty());
    }
    Optional<TrialCall.Acknowledged> about = acknowledged.any(random);
    String known = about.map(it -> it.write().spot().key()).orElse(key);
    return new TrialCall.Read(
        EdgeRequest.get("/desk/" + known), new ReadBackTarget("desk", known), false, about);
  }

  @Override
  public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    return switch (call) {
      case TrialCall.Write _ ->
          switch (reply.status()) {
            case 201 -> new ReplyMeaning.Accepted(reply.body());
            case 409 -> new ReplyMeaning.Declined();
            default -> new ReplyMeaning.Strange("status " + reply.status());
          };
      case TrialCall.Read read ->
          read.about().filter(it -> !it.receipt().equals(reply.body())).isPresent()
              ? new ReplyMeaning.Untrue("desk must show " + read.about().get().receipt())
              : new ReplyMeaning.Shown();
    };
  }

  @Override
  public List<ReadBackTarget> spots(TrialCall.Write write) {
    return List.of(write.spot(), new ReadBackTarget("inbox", write.spot().key()));
  }

  @Override
  public EdgeRequest readBack(TrialCall.Write write, ReadBackTarget spot) {
    return EdgeRequest.get("/" + spot.process() + "/" + spot.key());
  }

  @Override
  public int count(TrialCall.Acknowledged write, ReadBackTarget spot, EdgeReply shown) {
    return (int)
        Arrays.stream(shown.body().split(",", -1)).filter(it -> it.equals(write.receipt())).count();
  }

  @Override
  public Optional<String> recognise(TrialCall.Write write, EdgeReply shown) {
    return shown.status() == 200 ? Optional.of(shown.body()) : Optional.empty();
  }
}
