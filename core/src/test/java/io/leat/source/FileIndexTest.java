package io.leat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.LeatType;
import io.leat.time.Ambiguous;
import io.leat.time.Gap;
import io.leat.time.Granularity;
import io.leat.time.Grid;
import io.leat.time.LocalTimeline;
import io.leat.time.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIndexTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    @TempDir
    Path folder;

    private DuckDb duckDb;

    @BeforeEach
    void open() {
        duckDb = DuckDb.open(new DuckDb.Limits(1L << 29, 2, folder.resolve("tmp"), 1L << 30));
    }

    @AfterEach
    void close() {
        duckDb.close();
    }

    @Test
    void sortsRowsIntoWindowsAndRejectsTheRest() throws IOException {
        file("x.csv", """
                at,n
                2001-01-01 01:59,1
                2001-01-01 02:00,2
                ,3
                soon,4
                2000-12-31 23:59,5
                2001-04-01 02:30,6
                2001-10-28 01:30,7
                2001-10-28 03:00,8
                2002-01-01 00:00,9
                2001-01-01 00:00,10,more
                """);
        FileScan scan = scan("x.csv", local(Ambiguous.REJECT, Gap.REJECT));
        assertThat(rows(scan))
                .containsExactly(
                        Map.entry(Instant.parse("2001-01-01T08:00:00Z"), 1L),
                        Map.entry(Instant.parse("2001-01-01T10:00:00Z"), 1L),
                        Map.entry(Instant.parse("2001-10-28T10:00:00Z"), 1L));
        assertThat(scan.read()).isEqualTo(10);
        assertThat(duckDb.query(
                        "SELECT concat_ws(' ', record, code, \"column\", value) FROM ("
                                + scan.rejectsQuery().orElseThrow() + ") ORDER BY record",
                        row -> row.getString(1)))
                .containsExactly(
                        "3 NO_TIME at",
                        "4 BAD_TIME at soon",
                        "5 BEFORE_START at 2000-12-31 23:59",
                        "6 GAP_TIME at 2001-04-01 02:30",
                        "7 AMBIGUOUS_TIME at 2001-10-28 01:30",
                        "9 AFTER_END at 2002-01-01 00:00",
                        "10 MALFORMED");
        FileScan shifted = scan("x.csv", local(Ambiguous.LATER, Gap.SHIFT));
        assertThat(rows(shifted))
                .containsEntry(Instant.parse("2001-04-01T10:00:00Z"), 1L)
                .containsEntry(Instant.parse("2001-10-28T07:00:00Z"), 1L);
        assertThat(shifted.fingerprint()).isNotEqualTo(scan.fingerprint());
    }

    @Test
    void givesTheRowsOfWindowsAgain() throws IOException {
        file(
                "a.ndjson",
                "{\"at\":\"2001-01-01 00:10\",\"n\":1}\n{\"at\":\"2001-01-01 02:10\",\"n\":2,\"m\":{\"k\":1}}\n");
        file("b.ndjson", "{\"at\":\"2001-01-01 00:20\",\"n\":\"x\"}\n");
        var time = local(Ambiguous.REJECT, Gap.REJECT);
        Window first =
                time.grid().windowAt(Instant.parse("2001-01-01T08:00:00Z")).orElseThrow();
        var parts = new ArrayList<WindowRows.Part>();
        for (String name : List.of("a.ndjson", "b.ndjson")) {
            FileScan scan = scan(name, time);
            parts.add(new WindowRows.Part(name, scan.file().path(), scan.rows(), List.of(first)));
        }
        var rows = WindowRows.open(duckDb, parts, List.of("absent"));
        assertThat(rows.schema().names()).containsExactly("at", "n", "m", "absent");
        assertThat(duckDb.query(
                        "SELECT " + rows.recordText() + " FROM (" + rows.numbered() + ") ORDER BY ALL",
                        row -> row.getString(1)))
                .containsExactly("{\"at\":\"2001-01-01 00:10\",\"n\":1}", "{\"at\":\"2001-01-01 00:20\",\"n\":\"x\"}");
        var later = WindowRows.open(
                duckDb,
                parts.stream()
                        .map(part -> new WindowRows.Part(
                                part.name(),
                                part.path(),
                                part.rows(),
                                List.of(time.grid().next(first), first)))
                        .toList(),
                List.of());
        assertThat(duckDb.query("SELECT count(*) FROM (" + later.clean() + ")", row -> row.getLong(1)))
                .containsExactly(3L);
    }

    @Test
    void aFileWithoutTheTimeColumnIsRefusedAndAnEmptyOneHasNoRows() throws IOException {
        file("x.csv", "a,b\n1,2\n");
        assertThatThrownBy(() -> scan("x.csv", local(Ambiguous.REJECT, Gap.REJECT)))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT));
        file("x.csv", "");
        assertThat(scan("x.csv", local(Ambiguous.REJECT, Gap.REJECT)).read()).isZero();
        file("x.csv", "at,b\n");
        assertThat(scan("x.csv", local(Ambiguous.REJECT, Gap.REJECT)).read()).isZero();
    }

    @Test
    void agreesWithJavaTimeInManyZones() throws IOException {
        long seed = 20010401;
        var random = new Random(seed);
        for (String zone : List.of(
                "America/Los_Angeles",
                "Europe/Berlin",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "UTC",
                "Asia/Kathmandu")) {
            for (String every : List.of("15m", "2h", "1d", "1w", "1mo")) {
                agreesWithJavaTime(
                        ZoneId.of(zone), Granularity.parse(every), random, "seed " + seed + " " + zone + " " + every);
            }
        }
    }

    @Test
    void theFirstInstantOfAWindowIsItsOwnAlsoWhereClocksDifferByOddSeconds() throws IOException {
        var zone = ZoneId.of("America/New_York");
        var start = LocalDateTime.parse("1880-01-01T00:00");
        var text = new StringBuilder("at\n");
        var expected = new TreeMap<Instant, Long>();
        for (int day = 0; day < 200; day++) {
            Instant midnight = start.plusDays(day).atZone(zone).toInstant();
            text.append(midnight).append('\n');
            expected.put(midnight, 1L);
        }
        file("x.csv", text.toString());
        var time = new TimeColumn(
                "at",
                LeatType.TIMESTAMP,
                Optional.empty(),
                Grid.of(Granularity.parse("1d"), zone, start),
                Optional.empty(),
                Ambiguous.REJECT,
                Gap.REJECT);
        assertThat(rows(scan("x.csv", time))).isEqualTo(expected);
    }

    private void agreesWithJavaTime(ZoneId zone, Granularity every, Random random, String what) throws IOException {
        var grid = Grid.of(every, zone, LocalDateTime.parse("1999-03-01T00:00"));
        var ambiguous = Ambiguous.values()[random.nextInt(3)];
        var gap = Gap.values()[random.nextInt(2)];
        var text = new StringBuilder("at\n9999-12-31 00:00\n0001-01-01 00:00\n");
        var expected = new TreeMap<Instant, Long>();
        grid.windowAt(LocalDateTime.parse("9999-12-31T00:00").atZone(zone).toInstant())
                .ifPresent(window -> expected.merge(window.start(), 1L, Long::sum));
        for (int i = 0; i < 300; i++) {
            LocalDateTime local = near(zone, random);
            text.append(MINUTES.format(local)).append('\n');
            LocalTimeline.resolve(zone, local, ambiguous, gap)
                    .flatMap(grid::windowAt)
                    .ifPresent(window -> expected.merge(window.start(), 1L, Long::sum));
        }
        file("x.csv", text.toString());
        FileScan scan = scan(
                "x.csv",
                new TimeColumn(
                        "at", LeatType.LOCAL_TIMESTAMP, Optional.empty(), grid, Optional.empty(), ambiguous, gap));
        assertThat(rows(scan)).as(what).isEqualTo(expected);
        assertThat(scan.read()).as(what).isEqualTo(302);
    }

    /** Half of the times lie around a transition of the zone's clock. */
    private static LocalDateTime near(ZoneId zone, Random random) {
        var any = LocalDateTime.parse("1998-06-01T00:00").plusMinutes(random.nextInt(15 * 365 * 24 * 60));
        var transition = zone.getRules().nextTransition(any.atZone(zone).toInstant());
        if (transition == null || random.nextBoolean()) {
            return any;
        }
        return transition.getDateTimeBefore().plusMinutes(random.nextInt(360) - 180);
    }

    private static TimeColumn local(Ambiguous ambiguous, Gap gap) {
        var grid = Grid.of(Granularity.parse("2h"), PACIFIC, LocalDateTime.parse("2001-01-01T00:00"));
        return new TimeColumn(
                "at",
                LeatType.LOCAL_TIMESTAMP,
                Optional.empty(),
                grid,
                Optional.of(
                        LocalDateTime.parse("2002-01-01T00:00").atZone(PACIFIC).toInstant()),
                ambiguous,
                gap);
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }

    private FileScan scan(String name, TimeColumn time) {
        SourceFile file = FileSource.ofPatterns(List.of(name)).list(folder).getFirst();
        return index(name, time).scan(file, file.sha256());
    }

    private FileIndex index(String name, TimeColumn time) {
        return new FileIndex(
                duckDb,
                FileSource.ofPatterns(List.of(name)),
                time,
                folder.resolve("f"),
                new Copies(folder.resolve("copies")));
    }

    private static Map<Instant, Long> rows(FileScan scan) {
        Map<Instant, Long> rows = new TreeMap<>();
        scan.windows().forEach((start, content) -> rows.put(start, content.rows()));
        return rows;
    }

    @Test
    void tellsWindowsApartByTheirContent() throws IOException {
        file("x.csv", "at,n\n2001-01-01 01:59,1\n2001-01-01 02:00,2\n");
        FileScan before = scan("x.csv", local(Ambiguous.REJECT, Gap.REJECT));
        file("y.csv", "at,n\n2001-01-01 01:59,1\n2001-01-01 02:00,3\n2001-01-01 05:00,3\n");
        FileScan after = scan("y.csv", local(Ambiguous.REJECT, Gap.REJECT));

        Instant first = Instant.parse("2001-01-01T08:00:00Z");
        Instant second = Instant.parse("2001-01-01T10:00:00Z");
        assertThat(after.windows().get(first)).isEqualTo(before.windows().get(first));
        assertThat(after.windows().get(second)).isNotEqualTo(before.windows().get(second));
    }

    @Test
    void givesRowsOfClosedWindowsAsRejects() throws IOException {
        file("x.csv", "at,n\n2001-01-01 01:59,1\n2001-01-01 02:00,2\nsoon,3\n");
        TimeColumn time = local(Ambiguous.REJECT, Gap.REJECT);
        FileScan scan = scan("x.csv", time);
        var index = index("x.csv", time);

        String late = index.late(scan, List.of(Instant.parse("2001-01-01T10:00:00Z")), "7d");

        assertThat(duckDb.query(
                        "SELECT concat_ws('|', file, record, \"column\", code, reason, value, raw, step) FROM (" + late
                                + ")",
                        row -> row.getString(1)))
                .containsExactly("x.csv|2|at|LATE|its window had been closed: rows are taken until 7d after the end|"
                        + "2001-01-01 02:00|{\"at\":\"2001-01-01 02:00\",\"n\":\"2\"}|read");
    }
}
