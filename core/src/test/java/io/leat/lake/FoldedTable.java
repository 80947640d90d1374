package io.leat.lake;

import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.hour;

import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.LeatType;
import io.leat.schema.NaiveFold;
import io.leat.schema.NaiveFold.Change;
import io.leat.state.Record;
import io.leat.state.Retirement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table that is made of changes, filled hour by hour, and what it has to hold as a plain list of changes. */
final class FoldedTable {
    static final Contract CONTRACT = Contract.of(
            Column.of("id", LeatType.STRING), Column.of("at", LeatType.INTEGER), Column.of("content", LeatType.STRING));
    static final Fold MERGE = new Fold(Fold.Kind.MERGE, List.of("id"), List.of("at"));
    static final Fold HISTORY = new Fold(Fold.Kind.HISTORY, List.of("id"), List.of("at"));

    /** A slice of one pipeline. */
    record Hour(PipelineName pipeline, int n) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            return (pipeline + "/" + n).compareTo(other.pipeline + "/" + other.n);
        }
    }

    /** What somebody says of a key, before it belongs to an hour. */
    record Said(String key, Long at, boolean deleted, String content) {
        static Said of(String key, long at, String content) {
            return new Said(key, at, false, content);
        }

        static Said gone(String key, long at) {
            return new Said(key, at, true, "");
        }
    }

    private final LakeFixture fixture;
    private final Fold fold;
    private final Map<Hour, List<Change>> changes = new TreeMap<>();

    FoldedTable(LakeFixture fixture, Fold fold) {
        this.fixture = fixture;
        this.fold = fold;
    }

    /** Another fold of the same table from now on. */
    FoldedTable as(Fold other) {
        var table = new FoldedTable(fixture, other);
        table.changes.putAll(changes);
        return table;
    }

    SchemaPlan plan() {
        return fixture.lake.planChanges(DEV, TRIPS, CONTRACT, Evolution.GROW);
    }

    /** Loads the hours in one commit, whatever they held before. */
    void load(Map<Hour, List<Said>> hours) {
        load(hours, List.of());
    }

    void load(PipelineName pipeline, int n, Said... said) {
        load(Map.of(new Hour(pipeline, n), List.of(said)));
    }

    /** The same, while other hours leave the table. */
    void load(Map<Hour, List<Said>> hours, List<Hour> leaving) {
        SchemaPlan plan = plan();
        List<SliceLoad> loads = new ArrayList<>();
        hours.forEach((hour, said) -> loads.add(staged(plan, fixture.claimed(hour.pipeline(), hour.n()), hour, said)));
        List<Record> retired = leaving.stream()
                .map(hour -> fixture.claimed(hour.pipeline(), hour.n()))
                .toList();
        fixture.finished(
                retired.isEmpty()
                        ? fixture.lake.publish(fixture.duckDb, plan, TRIPS, fold, loads)
                        : fixture.lake.replace(
                                fixture.duckDb, plan, TRIPS, fold, loads, new Retirement(retired, null)));
        leaving.forEach(changes::remove);
        hours.forEach((hour, said) -> changes.put(hour, changes(hour, said)));
    }

    SliceLoad staged(Record record, Hour hour, List<Said> said) {
        return staged(plan(), record, hour, said);
    }

    private SliceLoad staged(SchemaPlan plan, Record record, Hour hour, List<Said> said) {
        var files = said.isEmpty()
                ? List.<StagedFile>of()
                : fixture.lake.stage(fixture.duckDb, plan, rows(changes(hour, said)), Layout.SINGLE);
        return fixture.load(record, WriteMode.MERGE, files);
    }

    private static List<Change> changes(Hour hour, List<Said> said) {
        List<Change> changes = new ArrayList<>();
        for (Said one : said) {
            changes.add(new Change(
                    one.key(),
                    one.at(),
                    one.deleted(),
                    one.content(),
                    (long) hour.n(),
                    hour.pipeline().value(),
                    "f" + (changes.size() % 2),
                    changes.size()));
        }
        return changes;
    }

    private static String rows(List<Change> changes) {
        return changes.stream()
                .map(change -> "(%s, CAST(%s AS BIGINT), %s, %s, %s, %s, NULL, %s, make_timestamptz(%s))"
                        .formatted(
                                Sql.literal(change.key()),
                                change.at(),
                                Sql.literal(change.content()),
                                change.deleted(),
                                Sql.literal(change.file()),
                                change.record(),
                                Sql.literal(change.pipeline()),
                                micros(change)))
                .collect(Collectors.joining(
                        ", ",
                        "SELECT * FROM (VALUES ",
                        ") AS v(id, \"at\", content, _leat_deleted, _leat_file, _leat_record, _leat_child, _leat_pipeline,"
                                + " _leat_window)"));
    }

    private static long micros(Change change) {
        Long window = change.window();
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, hour(window == null ? 0 : window.intValue()).start());
    }

    /** What readers see, sorted. */
    List<String> rows() {
        return fixture.duckDb.query(
                "SELECT concat_ws('|', " + columns() + ") FROM (" + fixture.lake.relation(DEV, TRIPS) + ") ORDER BY 1",
                row -> row.getString(1));
    }

    private String columns() {
        return fold.output(CONTRACT).names().stream()
                .map(name -> "coalesce(CAST(" + Sql.identifier(name) + " AS VARCHAR), 'null')")
                .collect(Collectors.joining(", "));
    }

    /** What they have to see. */
    List<String> expected() {
        List<Change> all = changes.values().stream().flatMap(List::stream).toList();
        List<String> rows = fold.kind() == Fold.Kind.MERGE ? NaiveFold.merged(all) : NaiveFold.versions(all);
        return rows.stream().sorted().toList();
    }

    /** How many changes the hours have. */
    Map<Hour, Integer> sizes() {
        Map<Hour, Integer> sizes = new TreeMap<>();
        changes.forEach((hour, all) -> sizes.put(hour, all.size()));
        return sizes;
    }
}
