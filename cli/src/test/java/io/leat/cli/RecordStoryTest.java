package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.output.Form;
import io.leat.cli.output.Output;
import io.leat.cli.output.Terminal;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.state.CalendarColumns;
import io.leat.state.Cause;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Lease;
import io.leat.state.Owner;
import io.leat.state.PhaseTimes;
import io.leat.state.PhaseTimes.PhaseStatus;
import io.leat.state.Record;
import io.leat.state.RecordEvent;
import io.leat.state.Staging;
import io.leat.state.Status;
import io.leat.state.Verdict;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordStoryTest {
    private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
    private static final Instant BEGUN = Instant.parse("2024-03-12T18:30:00.25Z");

    private static Record failed() {
        var window = new Window(Instant.parse("2024-03-10T08:00:00Z"), Instant.parse("2024-03-10T10:00:00Z"));
        return new Record(
                7,
                new EnvironmentName("dev"),
                new PipelineName("trips"),
                new Slice.OfWindow(window),
                2,
                Cause.LATE,
                "2024-03-10T00",
                "data/trips/*.ndjson",
                "bronze.trips",
                new CalendarColumns(LocalDate.of(2024, 3, 10), "2h"),
                Status.FAILED,
                null,
                null,
                1,
                "few_rejects: 3 of 20 rows rejected, at most 1% allowed",
                ErrorCode.CHECK_FAILED,
                new Lease(42, 42, new RunId("0r4x7k2m9abc"), new Owner("mill", "boot", 11, "5"), BEGUN, null),
                new PhaseTimes(BEGUN, BEGUN.plusMillis(1500), PhaseStatus.FAILED),
                new PhaseTimes(null, null, PhaseStatus.PENDING),
                new PhaseTimes(null, null, PhaseStatus.PENDING),
                new Staging(
                        new LoadId("018e3b2a-1111-7abc-8def-0123456789ab"),
                        new Counts(20, 16, 3, 1, 0, 0),
                        "{}",
                        null,
                        "{}",
                        "f",
                        null),
                null,
                null,
                "{}",
                null,
                null,
                BEGUN,
                BEGUN.plusSeconds(2),
                BEGUN,
                BEGUN.plusSeconds(2));
    }

    @Test
    void tellsWhatHappenedWhyAndWhatToDo() {
        var check = new CheckResult(
                7, 1, "few_rejects", Verdict.FAIL, "3", "1%", "3 of 20 rows rejected, at most 1% allowed", BEGUN);
        var event = new RecordEvent(
                7,
                BEGUN,
                RecordEvent.Kind.TAKEN_OVER,
                0,
                null,
                41L,
                new RunId("0r4x7k2m9abb"),
                null,
                "its process was dead");
        var story = RecordStory.of(failed(), ZONE, List.of(check), List.of(event), Optional.empty());
        assertThat(String.join("\n", story)).isEqualTo("""
                trips@2024-03-10T00 failed: few_rejects: 3 of 20 rows rejected, at most 1% allowed (E301)
                  more: `leat explain E301`
                window    2024-03-10 00:00 PST (08:00Z) to 2024-03-10 03:00 PDT (10:00Z)
                from      data/trips/*.ndjson
                into      bronze.trips
                opened    2024-03-12 11:30 PDT (18:30Z), because rows arrived for a complete window, generation 2
                then      2024-03-12 11:30 PDT (18:30Z) taken over: its process was dead
                rows      20 read: 16 to load, 3 rejected, 1 filtered
                check     few_rejects fail: 3 of 20 rows rejected, at most 1% allowed
                stage     failed in 1.5 s, begun 2024-03-12 11:30 PDT (18:30Z)
                held      last by run 0r4x7k2m9abc (process 11 on mill, token 42)""");
    }

    @Test
    void listsARecordUnderTheNamesOfItsColumns() {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Output(stream, stream, Form.NDJSON, Terminal.none(), false)
                .print(RecordListing.of(record -> ZONE), List.of(failed()));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("\"window_start_time\":\"2024-03-10T08:00:00Z\"")
                .contains("\"pipeline_status\":\"FAILED\"")
                .contains("\"source_count\":20")
                .contains("\"error_code\":\"E301\"")
                .contains("\"token\":42");
    }

    @Test
    void drawsHowFarItIs() {
        assertThat(ProgressLine.text("trips", 30, 120, 45_000, Duration.ofSeconds(10)))
                .isEqualTo("trips [######..................] 30 of 120, 45,000 rows, 4,500 rows/s, 30.0 s left");
    }
}
