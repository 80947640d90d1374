package io.leat.lake;

import static io.leat.lake.LakeFixture.CONTRACT;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.hour;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Prints how long commits and plans take; not a test, since it asserts no time. */
final class LakeSpeed {
    private LakeSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("lake-speed");
        try (var fixture = LakeFixture.in(folder)) {
            for (int i = 0; i < 12; i++) {
                int n = i;
                timed("single window, all", () -> fixture.published(n, 0, 1000));
            }
            int groups = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
            for (int i = 0; i < groups; i++) {
                int first = 100 + i * 256;
                var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
                timed(
                        "stage 256 alone",
                        () -> fixture.lake.stage(
                                fixture.duckDb,
                                plan,
                                "SELECT i AS id, 'n' || i AS name, 'x' AS _leat_pipeline, TIMESTAMPTZ '2020-03-01 00:00:00+00'"
                                        + " + to_hours(CAST(i // 1000 AS BIGINT)) AS _leat_window FROM range(256000) r(i)",
                                Layout.BY_WINDOW));
                var loads = timed("claim and stage 256", () -> fixture.group(plan, PIPELINE, first, first + 256, 10));
                var done = timed("publish 256", () -> fixture.lake.publish(fixture.duckDb, plan, loads));
                fixture.finished(done);
            }
            String sql = timed("relation first", () -> fixture.lake.relation(DEV, TRIPS));
            timed("relation again", () -> fixture.lake.relation(DEV, TRIPS));
            System.out.println(
                    "files " + fixture.lake.table(DEV, TRIPS).files().size() + ", SQL bytes " + sql.length());
            timed(
                    "relation one window",
                    () -> fixture.lake
                            .table(DEV, TRIPS)
                            .within(List.of(hour(300)))
                            .sql());
            timed(
                    "count in DuckDB",
                    () -> fixture.duckDb.one("SELECT count(*) FROM (" + sql + ")", row -> row.getLong(1)));
            var cold = Lake.open(folder.resolve("root"), fixture.state);
            timed("relation cold", () -> cold.relation(DEV, TRIPS));
            timed("replace one", () -> fixture.published(300, 0, 1000));
        }
    }

    private static <T> T timed(String what, Supplier<T> work) {
        var threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        T result = work.get();
        System.out.printf(
                "%-22s %6.1f ms wall %6.1f ms cpu of the thread%n",
                what, (System.nanoTime() - wall) / 1e6, (threads.getCurrentThreadCpuTime() - cpu) / 1e6);
        return result;
    }
}
