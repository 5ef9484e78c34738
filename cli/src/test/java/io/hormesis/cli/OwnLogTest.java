package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.keeper.Keeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class OwnLogTest {
  private static final Logger KEEPER = LoggerFactory.getLogger(Keeper.class);

  @TempDir Path folder;

  @Test
  void whatTheKeeperLogsIsKeptUntilItIsEnded() throws IOException {
    Path data = Files.createDirectories(folder.resolve("50% données"));
    Runnable end = OwnLog.keptIn(data);
    KEEPER.info("a1 is given up for now");
    LoggerFactory.getLogger("io.hormesis.server.Other").error("no matter of the keeper");
    end.run();
    KEEPER.info("too late");
    assertThat(Files.readAllLines(data.resolve("keeper.log")))
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO a1 is given up for now");
  }

  @Test
  void itGoesOnInTheFileThatWasEmptiedUnderIt() throws IOException {
    Runnable end = OwnLog.keptIn(folder);
    KEEPER.info("before");
    Files.newByteChannel(folder.resolve("keeper.log"), StandardOpenOption.WRITE)
        .truncate(0)
        .close();
    KEEPER.info("after");
    end.run();
    assertThat(Files.readAllLines(folder.resolve("keeper.log")))
        .singleElement()
        .asString()
        .endsWith("INFO after");
  }
}
