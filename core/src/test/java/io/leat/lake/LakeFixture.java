package io.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.state.CalendarColumns;
import io.leat.state.Cause;
import io.leat.state.Claimant;
import io.leat.state.Counts;
import io.leat.state.Owner;
import io.leat.state.PointerSwap;
import io.leat.state.Publication;
import io.leat.state.PublishResult;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import io.leat.state.SqliteState;
import io.leat.state.Staged;
import io.leat.state.Staging;
import io.leat.state.StateStore;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A lake with its state store in a folder, and one pipeline of hourly windows to fill it. */
final class LakeFixture implements AutoCloseable {
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final TableName TRIPS = new TableName("bronze", "trips");
    static final PipelineName PIPELINE = new PipelineName("trips");
    static final Instant FIRST = Instant.parse("2020-03-01T00:00:00Z");
    static final Contract CONTRACT = Contract.of(Column.of("id", LeatType.INTEGER), Column.of("name", LeatType.STRING));

    final Path folder;
    final StateStore state;
    final RunId run;
    final DuckDb duckDb;
    final Lake lake;
    private final Random random = new Random();

    private LakeFixture(Path folder, StateStore state, FoldLayout layout) {
        this.folder = folder;
        this.state = state;
        this.run = state.startRun(DEV, "run", List.of(), Owner.current());
        this.duckDb = duckDb(folder);
        this.lake = Lake.open(folder.resolve("root"), state, layout);
    }

    static LakeFixture in(Path folder) {
        return with(folder, SqliteState.open(folder.resolve("state.db")));
    }

    static LakeFixture in(Path folder, FoldLayout layout) {
        return new LakeFixture(folder, SqliteState.open(folder.resolve("state.db")), layout);
    }

    static LakeFixture with(Path folder, StateStore state) {
        return new LakeFixture(folder, state, FoldLayout.DEFAULT);
    }

    static DuckDb duckDb(Path folder) {
        return DuckDb.open(new DuckDb.Limits(500_000_000, 2, folder.resolve("spill"), 1_000_000_000));
    }

    static Window hour(int n) {
        Instant start = FIRST.plus(Duration.ofHours(n));
        return new Window(start, start.plus(Duration.ofHours(1)));
    }

    static Slice slice(int n) {
        return new Slice.OfWindow(hour(n));
    }

    Record claimed(int n) {
        return claimed(PIPELINE, n);
    }

    /** Takes the hour over, in a new generation if the one before has ended. */
    Record claimed(PipelineName pipeline, int n) {
        return claimed(pipeline, List.of(n)).getFirst();
    }

    List<Record> claimed(PipelineName pipeline, List<Integer> hours) {
        List<SliceRequest> requests = new ArrayList<>();
        for (int n : hours) {
            int after = state.record(DEV, pipeline, slice(n))
                    .map(Record::generation)
                    .orElse(0);
            requests.add(new SliceRequest(
                    slice(n),
                    hour(n).start().toString().substring(0, 13),
                    "files",
                    TRIPS.toString(),
                    new CalendarColumns(LocalDate.ofInstant(hour(n).start(), ZoneOffset.UTC), "1h"),
                    "{}",
                    after == 0 ? Cause.NEW : Cause.RESTATE,
                    after));
        }
        var won = state.claim(DEV, pipeline, requests, new Claimant(Owner.current(), run, Duration.ofMinutes(5)))
                .won();
        assertThat(won).hasSize(hours.size());
        return won;
    }

    /** Rows {@code from .. to-1} of that hour, as a query with provenance. */
    static String rows(PipelineName pipeline, int n, int from, int to) {
        return "SELECT i AS id, 'n' || i AS name, '" + pipeline.value() + "' AS _leat_pipeline, make_timestamptz("
                + ChronoUnit.MICROS.between(Instant.EPOCH, hour(n).start()) + ") AS _leat_window FROM range(" + from
                + ", "
                + to + ") r(i)";
    }

    /** As if the phase were complete, which publishing needs. */
    Record staged(Record record, List<StagedFile> files) {
        long rows = files.stream().mapToLong(StagedFile::rows).sum();
        String manifest = "{\"files\": " + StagedFile.toJson(files) + "}";
        var staging = new Staging(
                LoadId.at(FIRST, random),
                new Counts(rows, rows, 0, 0, 0, 0),
                "{}",
                null,
                manifest,
                "fingerprint",
                null);
        return state.staged(List.of(new Staged(record, staging))).orThrow().getFirst();
    }

    SliceLoad load(Record record, WriteMode mode, List<StagedFile> files) {
        var staged = staged(record, files);
        var staging = staged.staging();
        assertThat(staging).isNotNull();
        return new SliceLoad(staged, staging.loadId(), mode, files, 0, null, "source", "fingerprint", null, null);
    }

    /** Claims the hour, stages the rows and publishes them. */
    Published published(PipelineName pipeline, int n, int from, int to) {
        var plan = lake.plan(DEV, TRIPS, CONTRACT);
        var record = claimed(pipeline, n);
        var files = lake.stage(duckDb, plan, pipeline, rows(pipeline, n, from, to), Layout.SINGLE);
        return finished(lake.publish(duckDb, plan, List.of(load(record, WriteMode.REPLACE, files))));
    }

    Published published(int n, int from, int to) {
        return published(PIPELINE, n, from, to);
    }

    /** Ends the records, so that a next generation can be opened. */
    Published finished(Published published) {
        state.completed(published.records().stream()
                .map(record -> new io.leat.state.Completion(record, 0))
                .toList());
        return published;
    }

    /** One load for each hour, staged with one statement. */
    List<SliceLoad> group(SchemaPlan plan, PipelineName pipeline, int fromHour, int toHour, int rowsEach) {
        var records =
                claimed(pipeline, IntStream.range(fromHour, toHour).boxed().toList());
        long first = ChronoUnit.MICROS.between(Instant.EPOCH, hour(fromHour).start());
        String select =
                "SELECT i AS id, 'n' || i AS name, '" + pipeline.value() + "' AS _leat_pipeline, make_timestamptz("
                        + first + " + 3600000000 * (i // " + rowsEach + ")) AS _leat_window FROM range("
                        + (toHour - fromHour) * rowsEach + ") r(i)";
        var files = lake.stage(duckDb, plan, pipeline, select, Layout.BY_WINDOW);
        List<SliceLoad> loads = new ArrayList<>();
        for (Record record : records) {
            var theirs = files.stream()
                    .filter(file -> record.window().orElseThrow().start().equals(file.window()))
                    .toList();
            loads.add(load(record, WriteMode.REPLACE, theirs));
        }
        return loads;
    }

    /** Moves a table to another version behind the lake's back. */
    void swap(TableName table, @Nullable String from, @Nullable String to) {
        assertThat(state.publish(Publication.ofPointers(DEV, List.of(new PointerSwap(table, from, to)))))
                .isInstanceOf(PublishResult.Published.class);
    }

    /** Takes a table out of the catalog; its files stay. */
    void forget(TableName table) {
        swap(table, lake.table(DEV, table).metadataLocation(), null);
    }

    /** The ids in the table, sorted. */
    List<Long> ids() {
        return duckDb.query("SELECT id FROM (" + lake.relation(DEV, TRIPS) + ") ORDER BY id", row -> row.getLong(1));
    }

    static List<Long> range(long from, long to) {
        return java.util.stream.LongStream.range(from, to).boxed().toList();
    }

    @Override
    public void close() {
        duckDb.close();
        state.close();
    }
}
