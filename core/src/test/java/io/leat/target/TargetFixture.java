package io.leat.target;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.lake.Layout;
import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Sums;
import io.leat.state.CalendarColumns;
import io.leat.state.Cause;
import io.leat.state.Claimant;
import io.leat.state.Completion;
import io.leat.state.Counts;
import io.leat.state.Owner;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/** A state store, a lake and a query session in a folder, and one pipeline of hourly windows that fills a target. */
public final class TargetFixture implements AutoCloseable {
    public static final EnvironmentName DEV = new EnvironmentName("dev");
    public static final TableName TABLE = new TableName("shop", "orders");
    public static final PipelineName PIPELINE = new PipelineName("orders");
    public static final Contract CONTRACT =
            Contract.of(Column.of("id", LeatType.INTEGER), Column.of("name", LeatType.STRING));
    private static final Instant FIRST = Instant.parse("2020-03-01T00:00:00Z");

    public final StateStore state;
    public final DuckDb duck;
    public final Lake lake;
    private final RunId run;
    private final Random random = new Random();

    public TargetFixture(Path folder) {
        this.state = SqliteState.open(folder.resolve("state.db"));
        this.duck = DuckDb.open(new DuckDb.Limits(300_000_000, 2, folder.resolve("spill"), 1_000_000_000));
        this.lake = Lake.open(folder.resolve("root"), state);
        this.run = state.startRun(DEV, "run", List.of(), Owner.current());
    }

    public static Slice hour(int n) {
        return hours(n, 1);
    }

    /** A window that is longer. */
    public static Slice hours(int n, int length) {
        Instant start = FIRST.plus(Duration.ofHours(n));
        return new Slice.OfWindow(new Window(start, start.plus(Duration.ofHours(length))));
    }

    public Record claimed(int hour) {
        return claimed(hour(hour)).getFirst();
    }

    /** Takes slices over, each in a new generation if the one before has ended. */
    public List<Record> claimed(Slice... slices) {
        List<SliceRequest> requests = Arrays.stream(slices).map(this::request).toList();
        List<Record> won = state.claim(DEV, PIPELINE, requests, new Claimant(Owner.current(), run, Duration.ofHours(1)))
                .won();
        if (won.size() != slices.length) {
            throw new AssertionError("not all of " + List.of(slices) + " could be claimed");
        }
        return won;
    }

    private SliceRequest request(Slice slice) {
        int after = state.record(DEV, PIPELINE, slice).map(Record::generation).orElse(0);
        return new SliceRequest(
                slice,
                slice.text(),
                "files",
                TABLE.toString(),
                new CalendarColumns(LocalDate.ofInstant(FIRST, ZoneOffset.UTC), "1h"),
                "{}",
                after == 0 ? Cause.NEW : Cause.RESTATE,
                after);
    }

    /** As if all leases had ended: others may claim. */
    public void letLeasesRunOut(Path folder) {
        try (var later = SqliteState.open(folder.resolve("state.db"), Duration.ofHours(2))) {
            later.sweep(DEV);
        }
    }

    /** Rows with these ids, as a query with provenance. */
    public static String rows(long... ids) {
        String list = Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "SELECT id, 'n' || id AS name FROM (SELECT unnest(CAST([" + list + "] AS BIGINT[])) AS id)";
    }

    /** Stages the rows of a query for a record; publishing them is all that is left to do. */
    public SliceLoad staged(Target target, Record record, Contract contract, String rows) {
        Instant start = record.window().map(Window::start).orElse(null);
        String window = start == null ? "NULL" : "'" + start + "'";
        String select = "SELECT *, '" + PIPELINE + "' AS _leat_pipeline, CAST(" + window
                + " AS TIMESTAMPTZ) AS _leat_window FROM (" + rows + ")";
        List<StagedFile> files = target.stage(duck, contract, select, Layout.SINGLE);
        long count = files.stream().mapToLong(StagedFile::rows).sum();
        Sums sums = duck.one(
                        "SELECT " + Sums.sql(contract, AuditLevel.CONTENT) + " FROM (" + rows + ")",
                        row -> Sums.parse(String.valueOf(row.getString(1))))
                .orElseThrow();
        var staging = new Staging(
                LoadId.at(FIRST, random),
                new Counts(count, count, 0, 0, 0, 0),
                "{}",
                sums.json(),
                "{}",
                "fingerprint",
                "source");
        Record now =
                state.staged(List.of(new Staged(record, staging))).orThrow().getFirst();
        return new SliceLoad(
                now, staging.loadId(), target.write(), files, 0, sums.json(), "source", "fingerprint", null, null);
    }

    public SliceLoad staged(Target target, Record record, long... ids) {
        return staged(target, record, CONTRACT, rows(ids));
    }

    /** Claims an hour, stages rows and publishes them, as a whole run does. */
    public Published published(Target target, int hour, long... ids) {
        Record record = claimed(hour);
        target.raise(List.of(record));
        return finished(target.publish(duck, CONTRACT, List.of(staged(target, record, ids))));
    }

    /** Ends the records, so that a next generation can be opened. */
    public Published finished(Published published) {
        List<Completion> completions = new ArrayList<>();
        published.records().forEach(record -> completions.add(new Completion(record, 0)));
        state.completed(completions);
        return published;
    }

    /** What was staged, as the ledger has it. */
    public static Sums sums(SliceLoad load) {
        return Sums.parse(Objects.requireNonNull(load.sums()));
    }

    @Override
    public void close() {
        duck.close();
        state.close();
    }
}
