package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.lake.Rejects;
import io.leat.lake.StagedFile;
import io.leat.lake.WriteMode;
import io.leat.name.EnvironmentName;
import io.leat.project.Pipeline;
import io.leat.schema.Fold;
import io.leat.state.CatalogTable;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.Status;
import io.leat.target.TargetSpec;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds of a project at every rest, whatever happened before. */
final class Soundness {

    private final Leat leat;
    private final EnvironmentName environment;
    private final String context;

    private Soundness(Leat leat, String context) {
        this.leat = leat;
        this.environment = leat.project().environment();
        this.context = context;
    }

    static void require(Leat leat, String context) {
        var soundness = new Soundness(leat, context);
        List<Record> records = Evidence.records(leat);
        soundness.requireRecords(records);
        soundness.requireTiles(records);
        leat.state().tables(environment(leat)).forEach(soundness::requireTable);
    }

    private static EnvironmentName environment(Leat leat) {
        return leat.project().environment();
    }

    private void requireRecords(List<Record> records) {
        Map<String, Integer> live = new HashMap<>();
        Map<String, Long> tokens = new HashMap<>();
        for (Record record : records) {
            String slice = record.pipeline() + " " + record.slice().text();
            assertThat(record.status())
                    .as("%s: %s is at rest", context, record)
                    .isNotIn(Status.PENDING, Status.IN_PROGRESS);
            assertThat(record.token())
                    .as("%s: tokens of the generations of %s", context, record.name())
                    .isGreaterThan(tokens.getOrDefault(slice, 0L));
            tokens.put(slice, record.token());
            if (record.status() != Status.SUPERSEDED) {
                live.merge(slice, 1, Integer::sum);
            }
            if (record.status() == Status.COMPLETED) {
                assertThat(leat.state().fence(environment, record.pipeline(), record.slice()))
                        .as("%s: the fence of %s", context, record.name())
                        .hasValue(record.token());
                requireLoad(record);
                requireFiles(record);
            }
            requireGrowingTokens(record);
        }
        assertThat(live)
                .as("%s: generations that count", context)
                .allSatisfy((slice, count) -> assertThat(count).as(slice).isEqualTo(1));
    }

    private void requireGrowingTokens(Record record) {
        long before = 0;
        for (Load load : leat.state().loadHistory(environment, record.pipeline(), record.slice())) {
            assertThat(load.token())
                    .as("%s: tokens of %s", context, record.name())
                    .isGreaterThan(before);
            before = load.token();
        }
    }

    /** The ledger and the record say the same. */
    private void requireLoad(Record record) {
        assertThat(leat.state().load(environment, record.pipeline(), record.slice()))
                .as("%s: the load of %s", context, record.name())
                .hasValueSatisfying(load -> {
                    assertThat(load.generation()).isEqualTo(record.generation());
                    assertThat(load.target()).isEqualTo(record.target());
                    assertThat(load.token()).isLessThanOrEqualTo(record.token());
                });
    }

    private void requireFiles(Record record) {
        assertThat(record.staging()).isNotNull();
        var manifest = Manifest.parse(record.staging().manifest());
        boolean inLake = pipeline(record)
                .map(Pipeline::target)
                .flatMap(TargetSpec::connection)
                .isEmpty();
        List<StagedFile> files = inLake ? manifest.files() : manifest.rejects();
        assertThat(leat.lake().intact(files))
                .as("%s: the files of %s are there", context, record.name())
                .isTrue();
    }

    private Optional<Pipeline> pipeline(Record record) {
        return leat.project().dag().nodes().stream()
                .filter(node -> node.name().equals(record.pipeline()))
                .findFirst()
                .flatMap(leat.project()::pipeline);
    }

    /** The windows that have a record leave no gap and do not overlap. */
    private void requireTiles(List<Record> records) {
        Map<String, List<Window>> windows = new HashMap<>();
        records.stream()
                .filter(record -> record.window().isPresent() && record.status() != Status.SUPERSEDED)
                .forEach(record -> windows.merge(
                        record.pipeline().value(), List.of(record.window().orElseThrow()), Soundness::joined));
        windows.forEach((pipeline, tiles) -> {
            Instant end = null;
            for (Window tile : tiles.stream().sorted().toList()) {
                assertThat(end == null || end.equals(tile.start()))
                        .as("%s: %s of %s begins where the one before it ends, at %s", context, tile, pipeline, end)
                        .isTrue();
                end = tile.end();
            }
        });
    }

    private static List<Window> joined(List<Window> some, List<Window> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void requireTable(CatalogTable table) {
        for (Path file : leat.lake().table(environment, table.table()).files()) {
            assertThat(Files.exists(file)).as("%s: %s", context, file).isTrue();
        }
        Optional<TargetSpec> target = leat.project().dag().nodes().stream()
                .flatMap(node -> leat.project().pipeline(node).stream())
                .map(Pipeline::target)
                .filter(spec -> spec.inLake().filter(table.table()::equals).isPresent())
                .findFirst();
        boolean isChanges = Fold.madeOf(table.table()).isPresent();
        if (table.table().equals(Rejects.TABLE) || isChanges) {
            return;
        }
        var loaded = target.flatMap(TargetSpec::fold).isPresent() ? Fold.changesOf(table.table()) : table.table();
        boolean adds = target.filter(spec -> spec.write() == WriteMode.APPEND).isPresent();
        long rows = leat.state().loads(environment, table.table()).stream()
                .mapToLong(load -> adds ? all(load) : load.rows())
                .sum();
        assertThat(TestProject.query(leat, "SELECT count(*) FROM " + loaded))
                .as("%s: rows of %s beside the ledger's", context, loaded)
                .containsExactly(String.valueOf(rows));
    }

    /** The rows of all loads of its slice. */
    private long all(Load load) {
        Slice slice = load.slice();
        return leat.state().loadHistory(environment, load.pipeline(), slice).stream()
                .mapToLong(Load::rows)
                .sum();
    }
}
