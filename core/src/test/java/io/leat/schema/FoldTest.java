package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.NaiveFold.Change;
import io.leat.time.Seeded;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final Contract CONTRACT = Contract.of(
            Column.of("Id", LeatType.STRING), Column.of("at", LeatType.INTEGER), Column.of("content", LeatType.STRING));
    private static final Fold MERGE = new Fold(Fold.Kind.MERGE, List.of("id"), List.of("at"));
    private static final Fold HISTORY = new Fold(Fold.Kind.HISTORY, List.of("id"), List.of("at"));

    private static Connection duck;

    @BeforeAll
    static void open() throws SQLException {
        duck = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    @Test
    void theNewestChangeOfEachKeyIsSeenUnlessItIsADeletion() {
        Seeded.check(60, random -> {
            List<Change> changes = changes(random);
            assertThat(rows(MERGE, changes)).containsExactlyInAnyOrderElementsOf(NaiveFold.merged(changes));
        });
    }

    @Test
    void aHistoryHasAVersionForEachChangeOfContent() {
        Seeded.check(60, random -> {
            List<Change> changes = changes(random);
            assertThat(rows(HISTORY, changes)).containsExactlyInAnyOrderElementsOf(NaiveFold.versions(changes));
        });
    }

    @Test
    void withoutAnOrderTheNewestWindowDecides() {
        var unordered = new Fold(Fold.Kind.MERGE, List.of("id"), List.of());
        assertThat(rows(
                        unordered,
                        List.of(
                                new Change("a", 9L, false, "first", null, "p", "f", 9),
                                new Change("a", 1L, false, "second", 5L, "p", "f", 1),
                                new Change("a", 5L, false, "last of the window", 6L, "p", "f", 2),
                                new Change("a", 7L, false, "overtaken", 6L, "p", "f", 1))))
                .containsExactly("a|5|last of the window");
    }

    @Test
    void textsFollowEachOtherByTheirBytes() {
        var byText = new Fold(Fold.Kind.MERGE, List.of("id"), List.of("content"));
        assertThat(rows(
                        byText,
                        List.of(
                                new Change("a", 1L, false, "Z", 1L, "p", "f", 1),
                                new Change("a", 2L, false, "a", 1L, "p", "f", 2),
                                new Change("a", 3L, false, "_", 1L, "p", "f", 3))))
                .containsExactly("a|2|a");
    }

    @Test
    void changesWithoutAKeyAreOfNoRow() {
        for (Fold fold : List.of(MERGE, HISTORY)) {
            String sql = fold.sql(
                    CONTRACT,
                    "SELECT CAST(NULL AS VARCHAR) AS \"Id\", 1 AS \"at\", 'x' AS content, FALSE AS _leat_deleted, 'f' AS _leat_file,"
                            + " 1 AS _leat_record, 1 AS _leat_child, 'p' AS _leat_pipeline, 1 AS _leat_window");
            assertThat(query(sql)).isEmpty();
        }
    }

    @Test
    void aHistoryHasItsBoundsBehindTheColumnsOfTheUser() {
        assertThat(MERGE.output(CONTRACT)).isEqualTo(CONTRACT);
        assertThat(HISTORY.output(CONTRACT).columns())
                .extracting(column -> column.name() + " " + column.type().text())
                .containsExactly(
                        "Id string",
                        "at integer",
                        "content string",
                        "valid_from integer",
                        "valid_to integer",
                        "is_current boolean");
    }

    @Test
    void isReadAsItWasWritten() {
        for (Fold fold : List.of(MERGE, HISTORY, new Fold(Fold.Kind.MERGE, List.of("a\"b", "ü"), List.of()))) {
            assertThat(Fold.parse(fold.json())).isEqualTo(fold);
        }
    }

    @Test
    void needsAKeyAndForAHistoryAnOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fold(Fold.Kind.MERGE, List.of(), List.of("at")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fold(Fold.Kind.HISTORY, List.of("id"), List.of()));
    }

    @Test
    void knowsATableByTheNameOfItsChanges() {
        var table = new TableName("silver", "customers");
        assertThat(Fold.changesOf(table)).hasToString("silver.customers__changes");
        assertThat(Fold.madeOf(Fold.changesOf(table))).contains(table);
        assertThat(Fold.madeOf(table)).isEmpty();
        assertThat(Fold.madeOf(new TableName("silver", "__changes"))).isEmpty();
    }

    private static List<Change> changes(RandomGenerator random) {
        List<Change> changes = new ArrayList<>();
        int many = random.nextInt(40);
        for (int i = 0; i < many; i++) {
            changes.add(new Change(
                    "k" + random.nextInt(5),
                    random.nextInt(8) == 0 ? null : (long) random.nextInt(6),
                    random.nextInt(4) == 0,
                    "c" + random.nextInt(3),
                    random.nextInt(6) == 0 ? null : (long) random.nextInt(3),
                    random.nextBoolean() ? "p" : "Q",
                    random.nextBoolean() ? "a.csv" : "B.csv",
                    i));
        }
        return changes;
    }

    private static List<String> rows(Fold fold, List<Change> changes) {
        String values = changes.stream()
                .map(change -> "(%s, CAST(%s AS BIGINT), %s, %s, %s, %s, %s, %s, CAST(NULL AS INTEGER))"
                        .formatted(
                                Sql.literal(change.key()),
                                change.at(),
                                Sql.literal(change.content()),
                                change.deleted(),
                                Sql.literal(change.file()),
                                change.record(),
                                Sql.literal(change.pipeline()),
                                change.window()))
                .collect(Collectors.joining(", "));
        if (changes.isEmpty()) {
            return List.of();
        }
        return query(fold.sql(
                CONTRACT,
                "SELECT * FROM (VALUES " + values
                        + ") AS v(\"Id\", \"at\", content, _leat_deleted, _leat_file, _leat_record, _leat_pipeline, _leat_window,"
                        + " _leat_child)"));
    }

    private static List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (var statement = duck.createStatement();
                var found =
                        statement.executeQuery("SELECT * EXCLUDE (_leat_pipeline, _leat_window) FROM (" + sql + ")")) {
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", values));
            }
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
        return rows;
    }
}
