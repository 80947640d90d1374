package io.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @Test
    void everyCommandOfTheWarmUpSucceeds(@TempDir Path folder) throws Exception {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, UTF_8);
        assertThat(new WarmUp(folder, stream, stream).run())
                .as(said.toString(UTF_8))
                .isTrue();
        assertThat(said.toString(UTF_8)).contains("wrote pipelines/rows.yaml", "bronze.by_hour", "none");
    }
}
