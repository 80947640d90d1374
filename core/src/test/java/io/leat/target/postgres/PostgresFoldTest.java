package io.leat.target.postgres;

import static io.leat.target.TargetFixture.DEV;
import static io.leat.target.TargetFixture.PIPELINE;
import static io.leat.target.TargetFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.lake.DuckDb;
import io.leat.lake.SliceLoad;
import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.NaiveFold;
import io.leat.schema.NaiveFold.Change;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.target.Target;
import io.leat.target.TargetFixture;
import io.leat.testing.PostgresServer;
import io.leat.testing.TestDatabase;
import io.leat.time.Seeded;
import io.leat.time.Slice;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is loaded, in whatever order, the table is what a naive fold makes of the changes that are there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresFoldTest {
    private static final Contract CONTRACT = Contract.of(
            Column.of("id", LeatType.STRING), Column.of("at", LeatType.INTEGER), Column.of("content", LeatType.JSON));
    private static final String MERGE = "write: merge, key: id, order: at";
    private static final String HISTORY = "write: history, key: id, order: at";

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final Map<Integer, List<Change>> changes = new TreeMap<>();
    private TargetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new TargetFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Target target(String write) {
        return new PostgresTarget(
                PostgresTargetTest.spec(write),
                PostgresTargetTest.connection(database.entry()),
                DEV,
                fixture.lake,
                fixture.state);
    }

    @Test
    void aMergedTableIsTheNewestChangeOfEachKeyAfterEveryCommit() {
        property(MERGE);
    }

    @Test
    void aHistoryHasTheVersionsOfEachKeyAfterEveryCommit() {
        property(HISTORY);
    }

    private void property(String write) {
        Seeded.check(2, random -> {
            Target target = target(write);
            for (int commit = 0; commit < 12; commit++) {
                Map<Integer, List<Change>> hours = new TreeMap<>();
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    int hour = random.nextInt(8);
                    hours.put(hour, said(random, hour));
                }
                List<Integer> leaving = changes.keySet().stream()
                        .filter(hour -> !hours.containsKey(hour) && random.nextInt(6) == 0)
                        .toList();
                load(target, hours, leaving);
                assertThat(rows(write)).as("after commit %d", commit).isEqualTo(expected(write));
            }
        });
    }

    private static List<Change> said(RandomGenerator random, int hour) {
        List<Change> said = new ArrayList<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            said.add(new Change(
                    "k" + random.nextInt(25),
                    random.nextInt(10) == 0 ? null : (long) random.nextInt(8),
                    random.nextInt(5) == 0,
                    "{\"c\": " + random.nextInt(3) + "}",
                    (long) hour,
                    PIPELINE.value(),
                    "f" + i % 2,
                    i));
        }
        return said;
    }

    private void load(Target target, Map<Integer, List<Change>> hours, List<Integer> leaving) {
        List<Slice> slices = new ArrayList<>();
        hours.keySet().forEach(hour -> slices.add(hour(hour)));
        leaving.forEach(hour -> slices.add(hour(hour)));
        List<Record> claimed = fixture.claimed(slices.toArray(Slice[]::new));
        target.raise(claimed);
        List<SliceLoad> loads = new ArrayList<>();
        List<Record> retired = new ArrayList<>();
        for (Record record : claimed) {
            int hour = hourOf(record);
            if (hours.containsKey(hour)) {
                loads.add(fixture.staged(target, record, CONTRACT, query(hours.get(hour))));
            } else {
                retired.add(record);
            }
        }
        fixture.finished(target.replace(fixture.duck, CONTRACT, loads, new Retirement(retired, null)));
        leaving.forEach(changes::remove);
        changes.putAll(hours);
    }

    private static int hourOf(Record record) {
        int hour = 0;
        while (!hour(hour).equals(record.slice())) {
            hour++;
        }
        return hour;
    }

    private static String query(List<Change> said) {
        String columns = " AS v(id, \"at\", content, _leat_deleted, _leat_file, _leat_record)";
        String values = said.stream()
                .map(change -> "(%s, CAST(%s AS BIGINT), CAST(%s AS JSON), %s, %s, CAST(%s AS BIGINT))"
                        .formatted(
                                Sql.literal(change.key()),
                                change.at(),
                                Sql.literal(change.content()),
                                change.deleted(),
                                Sql.literal(change.file()),
                                change.record()))
                .collect(Collectors.joining(", "));
        return "SELECT *, CAST(NULL AS BIGINT) AS _leat_child FROM (VALUES "
                + (said.isEmpty()
                        ? "('', CAST(0 AS BIGINT), CAST('0' AS JSON), true, '', CAST(0 AS BIGINT)))"
                        : values + ")")
                + columns + (said.isEmpty() ? " WHERE false" : "");
    }

    private List<String> rows(String write) {
        List<String> columns = new ArrayList<>(List.of("id", "at", "content"));
        if (write.equals(HISTORY)) {
            columns.addAll(List.of("valid_from", "valid_to", "is_current"));
        }
        String texts = columns.stream()
                .map(column -> "coalesce(CAST(" + column + " AS text), 'null')")
                .collect(Collectors.joining(", "));
        return database.rows("SELECT " + texts + " FROM shop.orders").stream()
                .sorted()
                .toList();
    }

    private List<String> expected(String write) {
        List<Change> all = changes.values().stream().flatMap(List::stream).toList();
        return (write.equals(HISTORY) ? NaiveFold.versions(all) : NaiveFold.merged(all))
                .stream().sorted().toList();
    }

    @Test
    void anotherWayToMakeTheTableMakesItAnewOfAllChanges() {
        Seeded.check(1, random -> {
            load(target(MERGE), Map.of(0, said(random, 0), 1, said(random, 1), 2, said(random, 2)), List.of());
            assertThat(rows(MERGE)).isEqualTo(expected(MERGE));

            load(target(HISTORY), Map.of(3, List.of()), List.of());
            assertThat(rows(HISTORY)).isEqualTo(expected(HISTORY));

            load(target(MERGE), Map.of(4, List.of()), List.of());
            assertThat(rows(MERGE)).isEqualTo(expected(MERGE));
        });
    }

    @Test
    void aTableThatSomebodyDroppedIsMadeAnewOfAllChanges() {
        Seeded.check(1, random -> {
            load(target(MERGE), Map.of(0, said(random, 0), 1, said(random, 1)), List.of());
            database.run("DROP TABLE shop.orders");

            load(target(MERGE), Map.of(2, said(random, 2)), List.of());

            assertThat(rows(MERGE)).isEqualTo(expected(MERGE));
        });
    }

    /** The first has not committed when the second copies: neither sees the other's changes at that time. */
    @Test
    void loadsOfTheSameKeysAtTheSameTimeAreAllSeen() throws Exception {
        load(target(MERGE), Map.of(9, List.of(change("old", 1, "1", 9))), List.of());
        Change early = change("a", 1, "2", 0);
        Change late = change("a", 2, "3", 1);
        List<Record> claimed = fixture.claimed(hour(0), hour(1));
        Target first = target(MERGE);
        Target second = target(MERGE);
        first.raise(claimed.subList(0, 1));
        second.raise(claimed.subList(1, 2));
        SliceLoad ofLate = fixture.staged(second, claimed.get(1), CONTRACT, query(List.of(late)));
        SliceLoad ofEarly = fixture.staged(first, claimed.get(0), CONTRACT, query(List.of(early)));
        try (Connection blocker = PostgresServer.shared().connect(database.name());
                var duck = DuckDb.open(new DuckDb.Limits(200_000_000, 1, folder.resolve("other"), 1_000_000_000));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute("SELECT pg_advisory_xact_lock(hashtextextended('leat_target/fold/shop.orders', 0))");
            var one =
                    CompletableFuture.runAsync(() -> first.publish(fixture.duck, CONTRACT, List.of(ofEarly)), threads);
            var other = CompletableFuture.runAsync(() -> second.publish(duck, CONTRACT, List.of(ofLate)), threads);
            awaitWaiters(blocker);
            blocker.rollback();
            one.join();
            other.join();
        }
        changes.put(0, List.of(early));
        changes.put(1, List.of(late));
        assertThat(rows(MERGE)).isEqualTo(expected(MERGE));
    }

    private static Change change(String key, long at, String content, int hour) {
        return new Change(key, at, false, content, (long) hour, PIPELINE.value(), "f", 1);
    }

    /** Until both wait for their turn. */
    private static void awaitWaiters(Connection watch) throws Exception {
        try (var query =
                watch.prepareStatement("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")) {
            while (true) {
                try (var row = query.executeQuery()) {
                    if (row.next() && row.getInt(1) == 2) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
