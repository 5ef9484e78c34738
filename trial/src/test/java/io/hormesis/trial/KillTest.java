package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.Register;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {

  @Test
  void whatCallersGetFromTheTargetIsWaitedForAndThePlatformsOwnRegisterIsNot() {
    SystemStatus whole = Samples.whole();
    List<PartitionStatus> partitions = new ArrayList<>(whole.partitions());
    partitions.add(new PartitionStatus(Register.NAME, 0, "a1", List.of("a1", "b1", "c1"), 3));
    SystemStatus before =
        new SystemStatus(
            whole.system(),
            whole.application(),
            whole.state(),
            whole.servers(),
            whole.processes(),
            partitions);

    assertThat(new Kill(0, "a1", true, before).places()).containsExactly("desk/0", "guide");
  }
}
