package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.connection.PostgresConnection;
import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.time.Granularity;
import io.leat.time.Segment;
import io.leat.time.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is described, moves through a file without losing anything, and is in one place at a time. */
abstract class KeepingContract extends StateStoreContract {
    @TempDir
    Path files;

    /** Opens the store of {@link #open} for whoever looks after it. */
    abstract StateKeeper keeper();

    /** Another store, in the other database, which is empty. */
    abstract Other other();

    /** Runs a statement on the store's database. */
    abstract void run(String sql);

    /** A second store and its two doors. */
    interface Other {
        StateStore open();

        StateKeeper keeper();

        static Other inSqlite(Path file) {
            return new Other() {
                @Override
                public StateStore open() {
                    return SqliteState.open(file);
                }

                @Override
                public StateKeeper keeper() {
                    return SqliteState.keeper(file, Duration.ZERO);
                }
            };
        }

        static Other inPostgres(PostgresConnection place) {
            return new Other() {
                @Override
                public StateStore open() {
                    return PostgresState.open(place);
                }

                @Override
                public StateKeeper keeper() {
                    return PostgresState.keeper(place, Duration.ZERO);
                }
            };
        }
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    Path export(String name) {
        Path file = files.resolve(name);
        try (var keeper = keeper()) {
            keeper.export(file, DEV);
        }
        return file;
    }

    static void importInto(Other other, Path file) {
        try (var keeper = other.keeper()) {
            keeper.importFrom(file, DEV);
        }
    }

    static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PipelineException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.message()).contains(words);
        });
    }

    /** Puts something into every table. */
    void fill() {
        completed(request(0));
        completed(request(0, Cause.LATE, 1));
        var failed = claimed(request(1));
        store.check(
                DEV,
                List.of(new CheckResult(failed.id(), 0, "enough", Verdict.FAIL, "1", "> 2", "too \"few\" 日本", FIRST)));
        store.failed(new Failure(failed, ErrorCode.CHECK_FAILED, "line\nbreak \u0001 and \uD83D\uDE00", null));
        store.publish(Publication.ofPointers(DEV, List.of(swap(null, "file:/lake/m1.json"))));
        var stamp = new FileStamp("data/1.json", 100, Instant.parse("2024-02-03T04:05:06.123456789Z"), "ab", "f1");
        var version = new FileVersion(
                stamp,
                9,
                new TreeMap<>(Map.of(FIRST, new WindowContent(3, "x"))),
                new TreeMap<>(Map.of(FIRST.plusSeconds(3600), 2L)));
        store.indexFiles(DEV, TRIPS, List.of(new NewFileVersion(version, Set.of())));
        store.settleGrids(
                DEV,
                TRIPS,
                List.of(),
                List.of(new SettledGrid(new Segment(FIRST, Granularity.parse("1h"), ZoneOffset.UTC), "2025b", null)));
        store.startBackfill(new Backfill(
                "",
                DEV,
                Backfill.Kind.BACKFILL,
                Backfill.Reprocess.MISSING,
                Backfill.Stage.RUNNING,
                false,
                OptionalInt.empty(),
                "somebody",
                FIRST,
                null,
                List.of(new Backfill.Range(TRIPS, new Window(FIRST, FIRST.plusSeconds(7200)), 2))));
        run("INSERT INTO iceberg_namespace_properties VALUES ('dev', 'bronze', 'owner', 'somebody')");
        run("UPDATE pipeline_records SET percentage_difference = 0.1 WHERE generation = 1");
    }

    /** Rows by table, without those of the audit log. */
    private static Map<String, List<String>> rows(Path export) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        List<String> table = new ArrayList<>();
        for (String line : Files.readAllLines(export)) {
            if (line.startsWith("{\"table\":")) {
                table = new ArrayList<>();
                rows.put(line.substring(10, line.indexOf('"', 10)), table);
            } else if (line.startsWith("[")) {
                table.add(line);
            }
        }
        rows.values().forEach(lines -> lines.sort(null));
        rows.remove("audit_log");
        return rows;
    }

    @Test
    void describesTheStore() {
        completed(request(0));

        try (var keeper = keeper()) {
            var description = keeper.describe();

            assertThat(description.storeId()).isEqualTo(store.storeId());
            assertThat(description.version()).isEqualTo(StoreVersion.VERSION);
            assertThat(description.kind()).matches("(SQLite|PostgreSQL) [0-9]+\\.[0-9].*");
            assertThat(description.rows())
                    .containsEntry("pipeline_records", 1L)
                    .containsEntry("runs", 1L)
                    .containsEntry("backfills", 0L);
            assertThat(description.bytes()).isGreaterThan(10_000);
            assertThat(description.movedAt()).isNull();
            assertThat(description.created()).isBefore(keeper.now().plusSeconds(1));
        }
    }

    @Test
    void losesNothingOnItsWayThroughAFile() throws IOException {
        fill();
        Path first = export("first.jsonl");
        var other = other();

        importInto(other, first);

        try (var keeper = other.keeper()) {
            assertThat(keeper.describe().rows())
                    .allSatisfy((table, rows) ->
                            assertThat(rows).as("rows of %s", table).isPositive());
            Path second = files.resolve("second.jsonl");
            keeper.export(second, DEV);
            assertThat(rows(second)).isEqualTo(rows(first));
        }
    }

    @Test
    void isTheSameStoreAfterwardsWithTokensThatGoOn() {
        fill();
        var held = claimed(request(5));
        String identity = store.storeId();
        var other = other();

        importInto(other, export("state.jsonl"));

        try (var moved = other.open()) {
            assertThat(moved.storeId()).isEqualTo(identity);
            assertThat(moved.renew(List.of(held), LEASE).updated())
                    .as("what was in work is still held")
                    .hasSize(1);
            var next = claimed(moved, request(6), ME);
            assertThat(next.token()).isGreaterThan(held.token());
            assertThat(next.id()).isGreaterThan(held.id());
            assertThat(moved.generations(DEV, TRIPS, hour(0))).hasSize(2);
            assertThat(moved.auditLog(DEV, 10, 0))
                    .extracting(AuditEntry::action)
                    .containsSubsequence("state import", "state export", "run");
        }
    }

    @Test
    void goesOnAfterTheGreatestTokenOfTheDataEvenIfTheHeadSaysLess() throws IOException {
        run("INSERT INTO leat_fences (environment, pipeline, slice, store_id, token, raised_at)"
                + " VALUES ('dev', 'trips', 'all', 'x', 1000000, 0)");
        var other = other();

        importInto(other, export("state.jsonl"));

        try (var moved = other.open()) {
            assertThat(claimed(moved, request(0), ME).token()).isGreaterThan(1_000_000);
        }
    }

    @Test
    void isNotUsedAnyMoreOnceItHasMoved() {
        export("state.jsonl");

        assertFails(ErrorCode.STATE_MOVED, "has moved", () -> claim(request(0)));
        assertFails(
                ErrorCode.STATE_MOVED, "has moved", () -> open(Duration.ZERO).close());
        try (var keeper = keeper()) {
            assertThat(keeper.describe().movedAt()).isNotNull();
            assertFails(ErrorCode.STATE_MOVED, "has moved", () -> keeper.purge(DEV, keeper.now(), 10));
        }
        export("again.jsonl");
    }

    @Test
    void staysInUseIfItCannotBeWrittenDown() throws IOException {
        Path there = Files.writeString(files.resolve("there.jsonl"), "something else");
        Files.createSymbolicLink(files.resolve("full.jsonl.part"), Path.of("/dev/full"));
        try (var keeper = keeper()) {
            assertFails(ErrorCode.BAD_ARGUMENT, "already", () -> keeper.export(there, DEV));
            assertFails(
                    ErrorCode.BAD_ARGUMENT,
                    "no such folder",
                    () -> keeper.export(files.resolve("nowhere/state.jsonl"), DEV));
            assertFails(
                    ErrorCode.DISK_FULL, "cannot be written", () -> keeper.export(files.resolve("full.jsonl"), DEV));
        }

        assertThat(there).hasContent("something else");
        assertThat(files.resolve("full.jsonl")).doesNotExist();
        assertThat(claim(request(0)).won()).hasSize(1);
    }

    @Test
    void isExportedAgainByWhoeverDiedAfterItHadMoved() {
        fill();
        System.setProperty(FaultPoint.PROPERTY, "move.after_commit:1:error");
        assertThatThrownBy(() -> export("state.jsonl")).isInstanceOf(PipelineException.class);
        disarm();
        assertFails(ErrorCode.STATE_MOVED, "has moved", () -> claim(request(7)));
        var other = other();

        importInto(other, export("state.jsonl"));

        try (var moved = other.open()) {
            assertThat(moved.loads(DEV, TRIPS)).hasSize(1);
        }
    }

    @Test
    void isNotMadeOfAFileThatIsNotWhole() throws IOException {
        fill();
        List<String> lines = Files.readAllLines(export("state.jsonl"));
        var other = other();
        try (var keeper = other.keeper()) {
            assertFails(
                    ErrorCode.STATE_CORRUPT, "it ends after", () -> keeper.importFrom(with(lines.subList(0, 8)), DEV));
            assertFails(
                    ErrorCode.STATE_CORRUPT,
                    "not those that were written",
                    () -> keeper.importFrom(with(changed(lines, "too \\\"few", "too \\\"many")), DEV));
            assertFails(
                    ErrorCode.STATE_CORRUPT,
                    "does not begin as an exported state store does",
                    () -> keeper.importFrom(with(List.of("{}")), DEV));
            assertFails(
                    ErrorCode.STATE_CORRUPT,
                    "line 1 is not JSON",
                    () -> keeper.importFrom(with(List.of("no store")), DEV));
            assertFails(
                    ErrorCode.STATE_CORRUPT,
                    "line 1 lacks something",
                    () -> keeper.importFrom(with(List.of("{\"leat_state\":1}")), DEV));
            assertFails(
                    ErrorCode.STATE_NEWER,
                    "exported at version 99",
                    () -> keeper.importFrom(with(changed(lines, "\"version\":3", "\"version\":99")), DEV));
            assertFails(
                    ErrorCode.BAD_ARGUMENT,
                    "exported at version 1",
                    () -> keeper.importFrom(with(changed(lines, "\"version\":3", "\"version\":1")), DEV));
            assertFails(
                    ErrorCode.UNREADABLE_FILE,
                    "cannot be read",
                    () -> keeper.importFrom(files.resolve("nowhere.jsonl"), DEV));

            assertThat(keeper.describe().rows())
                    .as("nothing of them was taken")
                    .allSatisfy((table, rows) ->
                            assertThat(rows).as("rows of %s", table).isZero());
        }
    }

    private Path with(List<String> lines) throws IOException {
        return Files.write(Files.createTempFile(files, "changed", ".jsonl"), lines);
    }

    private static List<String> changed(List<String> lines, String text, String other) {
        assertThat(lines).as("lines with %s", text).anyMatch(line -> line.contains(text));
        return lines.stream().map(line -> line.replace(text, other)).toList();
    }

    @Test
    void isMadeOnlyOfAnEmptyStore() {
        Path file = export("state.jsonl");
        var other = other();
        try (var used = other.open()) {
            used.startRun(DEV, "run", List.of(), ME);
        }

        assertFails(ErrorCode.BAD_ARGUMENT, "not empty: its table runs has 1 rows", () -> importInto(other, file));
    }

    @Test
    void takesAlongEverythingThatAWriterWasToldIsWritten() throws Exception {
        var stopped = new AtomicBoolean();
        var tasks = IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(thread -> () -> {
                    int written = 0;
                    while (true) {
                        try {
                            store.audit(DEV, run, "write", "" + thread, null, "" + written);
                            written++;
                        } catch (PipelineException refused) {
                            assertThat(refused.code()).isEqualTo(ErrorCode.STATE_MOVED);
                            assertThat(stopped).isTrue();
                            return written;
                        }
                    }
                })
                .toList();
        var other = other();
        long written = 0;
        try (var executor = Executors.newFixedThreadPool(4)) {
            var results = tasks.stream().map(executor::submit).toList();
            while (store.auditLog(DEV, 40, 0).size() < 40) {
                Thread.onSpinWait();
            }
            stopped.set(true);
            importInto(other, export("state.jsonl"));
            for (var result : results) {
                written += result.get();
            }
        }

        try (var moved = other.open()) {
            assertThat(moved.auditLog(DEV, Integer.MAX_VALUE, 0).stream()
                            .filter(entry -> entry.action().equals("write")))
                    .hasSize((int) written);
        }
    }
}
