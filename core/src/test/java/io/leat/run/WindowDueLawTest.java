package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.time.Seeded;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is due is computed from runs of adjacent windows; here it is compared with an enumeration of all windows, for random pipelines with
 * random pasts: records in every state, loads of other files or of another pipeline, grids that changed, a start and an end that moved.
 */
class WindowDueLawTest {

    private static final int TRIES = 100;

    @TempDir
    Path folder;

    @Test
    void whatIsDueIsWhatANaiveEnumerationFinds() {
        var compared = new AtomicInteger();
        try (var engine = PlannedPipeline.Engine.in(folder)) {
            TestProject.in(folder);
            Seeded.check(TRIES, random -> compared.addAndGet(new RandomPast(engine, random).live()));
        }
        if (Long.getLong("leat.seed") == null) {
            assertThat(compared).as("windows that were due").hasValueGreaterThan(TRIES * 20);
        }
    }
}
