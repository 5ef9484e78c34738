package io.hormesis.examples.egovernment.load;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.ReferenceModel;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import io.hormesis.trial.Workload;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Citizens who file and look up their tax returns: 46 of 100 calls file a return, the others read
 * returns, inboxes, archives and the registry. Citizens are drawn from a whole country, or, in the
 * narrow load, mostly from a village; they are others in every run.
 */
public final class TaxSeason implements Workload {
  private static final String TAX_DESK = "tax-desk";
  private static final String ARCHIVE = "archive";
  private static final String INBOX = "inbox";
  private static final String REGISTRY = "registry";
  private static final long INCOME_LIMIT = 1_000_000_000_000L;
  private static final JsonMapper JSON = new JsonMapper();

  /** One citizen's return as it is filed. */
  record Filing(String citizen, int year, long income) {}

  private final Crowd crowd;

  /** A country's tax season. */
  public TaxSeason() {
    this(new Crowd.Country());
  }

  private TaxSeason(Crowd crowd) {
    this.crowd = crowd;
  }

  @Override
  public Workload narrow() {
    return new TaxSeason(new Crowd.Village());
  }

  @Override
  public Optional<ReferenceModel<?, ?, ?>> referenceModel() {
    return Optional.of(new ReturnLedger());
  }

  @Override
  public String application() {
    return "e-government";
  }

  @Override
  public String target() {
    return TAX_DESK;
  }

  @Override
  public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
    int lot = random.nextInt(100);
    String citizen = crowd.citizen(run, random);
    if (lot < 46) {
      return file(citizen, random);
    }
    if (lot < 64) {
      return look(citizen, random, acknowledged);
    }
    if (lot < 76) {
      return read("/inbox/" + citizen, new ReadBackTarget(INBOX, citizen), false);
    }
    if (lot < 88) {
      return read("/archive/" + citizen, new ReadBackTarget(ARCHIVE, citizen), false);
    }
    return read("/citizens/" + citizen, new ReadBackTarget(REGISTRY, citizen), true);
  }

  @Override
  public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    return switch (call) {
      case TrialCall.Write write -> meaningOfWrite(write, reply);
      case TrialCall.Read read -> meaningOfRead(read, reply);
    };
  }

  @Override
  public List<ReadBackTarget> spots(TrialCall.Write write) {
    String citizen = write.spot().key();
    return List.of(
        write.spot(), new ReadBackTarget(ARCHIVE, citizen), new ReadBackTarget(INBOX, citizen));
  }

  @Override
  public EdgeRequest readBack(TrialCall.Write write, ReadBackTarget spot) {
    return switch (spot.process()) {
      case ARCHIVE, INBOX -> EdgeRequest.get("/" + spot.process() + "/" + spot.key());
      default -> EdgeRequest.get(pathOf(filing(write)));
    };
  }

  @Override
  public int count(TrialCall.Acknowledged write, ReadBackTarget spot, EdgeReply shown) {
    return switch (spot.process()) {
      case ARCHIVE -> countInArchive(write, shown);
      case INBOX -> countOf(write.receipt(), items(shown, "messages"));
      default -> countAtDesk(write, shown);
    };
  }

  @Override
  public Optional<String> recognise(TrialCall.Write write, EdgeReply shown) {
    return Optional.of(shown)
        .filter(it -> it.status() == 200)
        .map(TaxSeason::parse)
        .filter(it -> shows(it, filing(write)))
        .map(TaxSeason::receipt);
  }

  /** In a village, every second look is at what others may be filing at this moment. */
  private TrialCall look(String citizen, RandomGenerator random, AcknowledgedWrites acknowledged) {
    boolean any = crowd instanceof Crowd.Village && random.nextBoolean();
    Optional<TrialCall.Acknowledged> known = any ? Optional.empty() : acknowledged.any(random);
    return known.map(TaxSeason::readAgain).orElseGet(() -> readAny(citizen, random));
  }

  private TrialCall file(String citizen, RandomGenerator random) {
    int year = crowd.year(random);
    String json =
        JSON.writeValueAsString(new Filing(citizen, year, random.nextLong(INCOME_LIMIT + 1)));
    return TrialCall.Write.post("/tax-returns", json, new ReadBackTarget(TAX_DESK, citizen));
  }

  private static TrialCall readAgain(TrialCall.Acknowledged known) {
    return new TrialCall.Read(
        EdgeRequest.get(pathOf(filing(known.write()))),
        known.write().spot(),
        false,
        Optional.of(known));
  }

  private TrialCall readAny(String citizen, RandomGenerator random) {
    int year = crowd.year(random);
    return read(
        "/tax-returns/" + citizen + "/" + year, new ReadBackTarget(TAX_DESK, citizen), false);
  }

  private static TrialCall read(String path, ReadBackTarget spot, boolean defaultDeclared) {
    return new TrialCall.Read(EdgeRequest.get(path), spot, defaultDeclared, Optional.empty());
  }

  private static ReplyMeaning meaningOfWrite(TrialCall.Write write, EdgeReply reply) {
    return switch (reply.status()) {
      case 201 -> {
        JsonNode shown = parse(reply);
        String receipt = receipt(shown);
        yield receipt.isEmpty() || !shows(shown, filing(write))
            ? new ReplyMeaning.Strange("201 that does not confirm what was filed: " + reply.body())
            : new ReplyMeaning.Accepted(receipt);
      }
      case 409 -> new ReplyMeaning.Declined();
      default -> strange(reply);
    };
  }

  private static ReplyMeaning meaningOfRead(TrialCall.Read read, EdgeReply reply) {
    if (read.about().isPresent()) {
      return meaningOfReadAgain(read.about().get(), reply);
    }
    boolean desk = read.spot().process().equals(TAX_DESK);
    return reply.status() == 200 || (desk && reply.status() == 404)
        ? new ReplyMeaning.Shown()
        : strange(reply);
  }

  /** The desk's reads are linearizable: what was acknowledged before a read began is in it. */
  private static ReplyMeaning meaningOfReadAgain(TrialCall.Acknowledged known, EdgeReply reply) {
    if (reply.status() != 200 && reply.status() != 404) {
      return strange(reply);
    }
    return countAtDesk(known, reply) == 1
        ? new ReplyMeaning.Shown()
        : new ReplyMeaning.Untrue(
            "%s must show receipt %s, acknowledged before, but was %d %s"
                .formatted(
                    pathOf(filing(known.write())), known.receipt(), reply.status(), reply.body()));
  }

  private static ReplyMeaning strange(EdgeReply reply) {
    return new ReplyMeaning.Strange(reply.status() + " " + reply.body());
  }

  private static int countAtDesk(TrialCall.Acknowledged write, EdgeReply shown) {
    if (shown.status() != 200) {
      return 0;
    }
    JsonNode there = parse(shown);
    return receipt(there).equals(write.receipt()) && shows(there, filing(write.write())) ? 1 : 0;
  }

  /** Every document of the same year is this return, whatever receipt it carries. */
  private static int countInArchive(TrialCall.Acknowledged write, EdgeReply shown) {
    List<JsonNode> documents = items(shown, "documents");
    int year = filing(write.write()).year();
    return countOf(write.receipt(), documents) == 0
        ? 0
        : (int) documents.stream().filter(it -> it.path("year").asInt(-1) == year).count();
  }

  private static int countOf(String receipt, List<JsonNode> items) {
    return (int) items.stream().filter(it -> receipt(it).equals(receipt)).count();
  }

  private static List<JsonNode> items(EdgeReply reply, String name) {
    return StreamSupport.stream(parse(reply).path(name).spliterator(), false).toList();
  }

  private static String receipt(JsonNode shown) {
    return shown.path("receipt").asString("");
  }

  private static boolean shows(JsonNode json, Filing filing) {
    return json.path("citizen").asString("").equals(filing.citizen())
        && json.path("year").asInt(-1) == filing.year()
        && json.path("income").asLong(-1) == filing.income();
  }

  private static String pathOf(Filing filing) {
    return "/tax-returns/" + filing.citizen() + "/" + filing.year();
  }

  private static Filing filing(TrialCall.Write write) {
    return JSON.readValue(write.request().body(), Filing.class);
  }

  /** A body that is not JSON shows nothing. */
  private static JsonNode parse(EdgeReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }
}
