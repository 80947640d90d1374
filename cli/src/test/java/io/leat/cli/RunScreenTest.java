package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.RunScreen.Detail;
import io.leat.cli.output.Form;
import io.leat.cli.output.Output;
import io.leat.cli.output.Terminal;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.project.Node;
import io.leat.run.NodeReport;
import io.leat.run.RunEvent;
import io.leat.run.RunListener;
import io.leat.run.RunReport;
import io.leat.run.SliceOutcome;
import io.leat.run.SliceOutcome.Result;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Verdict;
import io.leat.time.Slice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunScreenTest {
    private static final Node TRIPS = new Node(
            new PipelineName("trips"),
            "bronze.trips",
            Optional.of(TableName.parse("bronze.trips")),
            Set.of(),
            List.of(),
            "pipelines/trips.yaml",
            Node.Kind.PIPELINE);
    private static final Node GOLD = new Node(
            new PipelineName("gold.days"),
            "gold.days",
            Optional.of(TableName.parse("gold.days")),
            Set.of(),
            List.of(),
            "models/gold/days.sql",
            Node.Kind.MODEL);

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private static SliceOutcome slice(String label, Result result, @Nullable ErrorCode error, String reason) {
        var checks = List.of(
                new CheckResult(1, 0, "once", Verdict.PASS, null, null, "", Instant.EPOCH),
                new CheckResult(1, 0, "enough", Verdict.WARN, "0", "1", "0 rows", Instant.EPOCH));
        return new SliceOutcome(
                "trips@" + label,
                new PipelineName("trips"),
                new Slice.All(),
                label,
                result,
                new Counts(1200, 1190, 7, 1, 2, 0),
                Map.of("TYPE", 2L, "LOOKUP", 5L),
                checks,
                reason,
                error,
                null,
                error == null ? "" : "look at it",
                Duration.ofMillis(12));
    }

    private void show(RunListener listener) {
        listener.event(new RunEvent.NodeStarted(TRIPS, 2));
        listener.event(new RunEvent.SliceEnded(TRIPS, slice("a", Result.LOADED, null, "")));
        listener.event(
                new RunEvent.SliceEnded(TRIPS, slice("b", Result.FAILED, ErrorCode.CHECK_FAILED, "few: 7 rejected")));
        listener.event(new RunEvent.NodeEnded(TRIPS, report().nodes().getFirst()));
        listener.event(new RunEvent.NodeIdle(GOLD, "waiting: trips failed"));
    }

    private static RunReport report() {
        var trips = new NodeReport(
                TRIPS,
                1,
                0,
                1,
                0,
                new Counts(1200, 1190, 7, 1, 2, 0),
                Map.of("TYPE", 2L, "LOOKUP", 5L),
                List.of(),
                "",
                Duration.ofMillis(3100));
        var gold = new NodeReport(
                GOLD, 0, 0, 0, 0, Counts.NONE, Map.of(), List.of(), "waiting: trips failed", Duration.ZERO);
        return new RunReport(new RunId("0r4x7k2m9abc"), List.of(trips, gold), false, Duration.ofMillis(3200));
    }

    private RunScreen screen(Form form, Detail detail) {
        return new RunScreen(
                new Output(
                        new PrintStream(data, true, StandardCharsets.UTF_8),
                        new PrintStream(messages, true, StandardCharsets.UTF_8),
                        form,
                        Terminal.none(),
                        false),
                detail);
    }

    @Test
    void sumsUpEachPipelineAndModel() {
        var screen = screen(Form.TABLE, Detail.NODES);
        show(screen);
        screen.close(report());
        assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo("""
                name       kind      slices  failed   read  loaded  rejected  filtered  dedup.   time  note
                trips      pipeline       1       1  1,200   1,190         7         1       2  3.1 s  rejected as 5 LOOKUP, 2 TYPE
                gold.days  model          0       0      0       0         0         0       0   0 ms  waiting: trips failed
                """);
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEqualTo("""
                trips@b failed (E301): few: 7 rejected
                  look at it
                  more: `leat explain E301`, `leat why trips@b`
                1 slice loaded, 1 failed, 1,200 rows read in 3.2 s (run 0r4x7k2m9abc)
                """);
    }

    @Test
    void tellsSliceBySlice() {
        var screen = screen(Form.TABLE, Detail.SLICES);
        show(screen);
        screen.close(report());
        assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo("""

                trips -> bronze.trips: 1,200 read, 1,190 loaded, 7 rejected, 1 filtered, 2 deduplicated, 1 slice failed in 3.1 s
                name     result   read  loaded  rejected  filtered  dedup.  rejected as       checks                  time  audit or reason
                trips@a  loaded  1,200   1,190         7         1       2  5 LOOKUP, 2 TYPE  1 passed, enough warn  12 ms
                trips@b  failed  1,200   1,190         7         1       2  5 LOOKUP, 2 TYPE  1 passed, enough warn  12 ms  few: 7 rejected
                model gold.days: waiting: trips failed
                """);
    }

    @Test
    void writesASliceALineForPrograms() {
        var screen = screen(Form.NDJSON, Detail.SLICES);
        show(screen);
        screen.close(report());
        assertThat(data.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"name\":\"trips@a\",\"result\":\"loaded\",\"read\":1200");
    }

    @Test
    void logsEachStepAsJson() {
        show(new StepLog(new PrintStream(messages, true, StandardCharsets.UTF_8)));
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("{\"time\":\"") && line.contains("\"event\":\""));
    }
}
