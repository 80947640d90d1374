package io.leat;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.project.Place;
import io.leat.run.NodeReport;
import io.leat.run.RunListener;
import io.leat.run.RunRequest;
import io.leat.source.Draft;
import io.leat.source.FileTables;
import io.leat.state.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of drafts: whatever is in a file, the next run loads every row of it, without an edit. */
class DraftLawTest {

    private static final int FILES = 8;

    @TempDir
    private Path root;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void loadsEveryRowOfAFileThatWasAdded(long seed) throws IOException {
        var random = new Random(seed);
        Files.writeString(root.resolve("leat.yaml"), "project: law\n");
        var tables = new FileTables(random, root);
        List<Path> files = new ArrayList<>();
        Map<String, Long> rows = new HashMap<>();
        for (int i = 0; i < FILES; i++) {
            int count = 1 + random.nextInt(300);
            Path file = tables.write((char) ('a' + i) + "_table", count);
            files.add(file);
            rows.put(file.getFileName().toString(), (long) count);
        }
        var place = new Place(root, "dev", Map.of("LEAT_USER", "test"), Map.of());

        List<Draft> drafts = Leat.draft(place, files, Optional.empty());
        drafts.forEach(draft -> draft.writeTo(root));

        Map<String, Long> drafted =
                drafts.stream().collect(Collectors.toMap(draft -> draft.files().getFirst(), Draft::rows));
        assertThat(drafted).as("seed %d", seed).isEqualTo(rows);
        assertThat(Leat.validate(place).pipelines()).hasSize(FILES);
        try (Leat leat = Leat.open(place)) {
            Map<String, Draft> byName = drafts.stream()
                    .collect(Collectors.toMap(draft -> draft.pipeline().value(), draft -> draft));
            for (NodeReport node :
                    leat.run(RunRequest.EVERYTHING, RunListener.SILENT).nodes()) {
                Draft draft = byName.get(node.node().name().value());
                assertThat(node.failures())
                        .as("seed %d%n%s", seed, draft.yaml())
                        .isEmpty();
                assertThat(node.counts())
                        .as("seed %d: %s%n%s", seed, node.rejects(), draft.yaml())
                        .isEqualTo(new Counts(draft.rows(), draft.rows(), 0, 0, 0, 0));
            }
        }
    }
}
