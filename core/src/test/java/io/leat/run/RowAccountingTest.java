package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.PipelineException;
import io.leat.schema.Accounting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random dirty files and random steps: whatever happens, every row is accounted for as a naive evaluation in Java says. */
class RowAccountingTest {

    private static final int ROUNDS = 40;

    @TempDir
    Path folder;

    @Test
    void everyRowHasTheFateThatANaiveEvaluationGivesIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 7_000L + round;
            var random = new Random(seed);
            Path own = Files.createDirectory(folder.resolve("round" + round));
            try (var bench = new RowBench(own)) {
                var naive = new NaiveRows(random);
                for (int file = 0; file < 1 + random.nextInt(3); file++) {
                    bench.file("f" + file + ".csv", naive.file("f" + file + ".csv"));
                }
                String yaml = naive.pipeline();
                String what = "seed " + seed + "\n" + yaml;
                var expected = naive.evaluate();
                var judgement = bench.judge(yaml);
                assertThat(plain(bench, judgement)).as(what).containsExactlyInAnyOrderElementsOf(expected.good());
                assertThat(rejects(bench, judgement)).as(what).containsExactlyInAnyOrderElementsOf(expected.rejects());
                Accounting total = judgement.total();
                assertThat(List.of(
                                total.read(),
                                total.loaded(),
                                total.rejected(),
                                total.filtered(),
                                total.deduplicated(),
                                total.expansion()))
                        .as(what)
                        .isEqualTo(expected.totals());
                Map<String, Long> readByFile = new TreeMap<>();
                judgement.byFile().forEach((name, counts) -> readByFile.put(name, counts.read()));
                assertThat(readByFile).as(what).isEqualTo(expected.readByFile());
                fastAgrees(bench, yaml, judgement, expected.rejects().isEmpty(), what);
            }
        }
    }

    private static void fastAgrees(RowBench bench, String yaml, Judgement judgement, boolean clean, String what) {
        var fast = bench.program(yaml).fast();
        if (fast.isEmpty()) {
            return;
        }
        List<String> rows = new ArrayList<>();
        boolean stopped = false;
        try {
            rows.addAll(bench.rows(fast.get()));
        } catch (PipelineException refusal) {
            assertThat(RowProgram.isRefusal(refusal)).as(what).isTrue();
            stopped = true;
        }
        assertThat(stopped).as(what).isEqualTo(!clean);
        if (clean) {
            assertThat(rows).as(what).isEqualTo(bench.good(judgement));
        }
    }

    private static List<String> plain(RowBench bench, Judgement judgement) {
        return bench.duckDb.query(
                "SELECT * EXCLUDE (_leat_pipeline, _leat_window) FROM (" + judgement.good() + ")", row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getMetaData().getColumnName(i) + "=" + row.getString(i));
                    }
                    return String.join("|", values);
                });
    }

    private static List<String> rejects(RowBench bench, Judgement judgement) {
        return bench.duckDb.query(
                "SELECT concat_ws(' ', file, record, code) FROM (" + judgement.rejects() + ")",
                row -> row.getString(1));
    }
}
