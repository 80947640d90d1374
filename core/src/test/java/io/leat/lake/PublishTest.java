package io.leat.lake;

import static io.leat.lake.LakeFixture.CONTRACT;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.hour;
import static io.leat.lake.LakeFixture.range;
import static io.leat.lake.LakeFixture.rows;
import static io.leat.lake.LakeFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.SqliteState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {
    private static final PipelineName OTHER = new PipelineName("other");

    @TempDir
    Path folder;

    private LakeFixture fixture;

    @BeforeEach
    void open() {
        fixture = LakeFixture.in(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void makesRowsVisibleWithTheirLedgerEntry() {
        var published = fixture.published(0, 0, 10);
        assertThat(fixture.ids()).isEqualTo(range(0, 10));
        assertThat(published.loads()).hasSize(1);
        assertThat(fixture.state.load(DEV, PIPELINE, slice(0)).orElseThrow().rows())
                .isEqualTo(10);
        assertThat(fixture.lake.recount(fixture.duckDb, DEV, TRIPS, PIPELINE, List.of(slice(0), slice(1))))
                .isEqualTo(Map.of(slice(0), 10L, slice(1), 0L));
    }

    @Test
    void showsNothingOfWhatIsOnlyStaged() {
        fixture.published(0, 0, 10);
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 1, 10, 20), Layout.SINGLE);
        assertThat(files).hasSize(1);
        assertThat(fixture.lake.intact(files)).isTrue();
        assertThat(fixture.ids()).isEqualTo(range(0, 10));
    }

    @Test
    void replacesExactlyTheRowsOfASlice() {
        fixture.published(0, 0, 10);
        fixture.published(1, 10, 20);
        fixture.published(OTHER, 0, 20, 30);
        fixture.published(0, 100, 103);
        assertThat(fixture.ids())
                .isEqualTo(Stream.concat(range(10, 30).stream(), range(100, 103).stream())
                        .toList());
        fixture.published(0, 100, 103);
        assertThat(fixture.ids()).hasSize(23);
    }

    @Test
    void replacesASliceByNothing() {
        fixture.published(0, 0, 10);
        fixture.published(1, 10, 20);
        fixture.published(0, 0, 0);
        assertThat(fixture.ids()).isEqualTo(range(10, 20));
    }

    @Test
    void needsNoCommitOfTheTableForAnEmptySlice() {
        var before = fixture.published(0, 0, 10).metadataLocation();
        var published = fixture.published(1, 0, 0);
        assertThat(published.metadataLocation()).isEqualTo(before);
        assertThat(fixture.state.load(DEV, PIPELINE, slice(1))).isPresent();
    }

    @Test
    void makesATableEvenForAnEmptySlice() {
        fixture.published(0, 0, 0);
        assertThat(fixture.ids()).isEmpty();
        assertThat(fixture.lake.table(DEV, TRIPS).contract().names()).containsExactly("id", "name");
        fixture.published(1, 0, 5);
        assertThat(fixture.ids()).hasSize(5);
    }

    @Test
    void publishesAGroupInOneCommit() {
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var group = fixture.group(plan, PIPELINE, 0, 50, 20);
        var published = fixture.finished(fixture.lake.publish(fixture.duckDb, plan, group));
        assertThat(published.loads()).hasSize(50);
        assertThat(fixture.ids()).isEqualTo(range(0, 1000));
        assertThat(fixture.lake
                        .table(DEV, TRIPS)
                        .within(List.of(hour(3), hour(4)))
                        .files())
                .hasSize(2);
        assertThat(fixture.duckDb.query(
                        "SELECT id FROM ("
                                + fixture.lake
                                        .table(DEV, TRIPS)
                                        .within(List.of(hour(3), hour(4)))
                                        .sql() + ") ORDER BY id",
                        row -> row.getLong(1)))
                .isEqualTo(range(60, 100));
        var plan2 = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        fixture.lake.publish(fixture.duckDb, plan2, fixture.group(plan2, PIPELINE, 10, 60, 20));
        assertThat(fixture.ids()).hasSize(1200);
    }

    @Test
    void leavesOutWhoeverLostItsClaimAndPublishesTheRest() {
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var group = fixture.group(plan, PIPELINE, 0, 3, 10);
        var lost = group.get(1).record();
        fixture.state.cancel(List.of(lost), "somebody else");
        var published = fixture.lake.publish(fixture.duckDb, plan, group);
        assertThat(published.loads()).hasSize(2);
        assertThat(published.lost()).extracting(record -> record.id()).containsExactly(lost.id());
        assertThat(fixture.ids()).hasSize(20);
        assertThat(group.get(1).files())
                .allSatisfy(file -> assertThat(Path.of(file.path())).exists());
    }

    @Test
    void refusesAZombieAndLeavesItsFilesToTheSweep() throws Exception {
        fixture.published(0, 0, 10);
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var zombie = fixture.claimed(1);
        var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 1, 50, 60), Layout.SINGLE);
        var load = fixture.load(zombie, WriteMode.REPLACE, files);
        fixture.state.release(List.of(load.record()), "taken over");
        fixture.published(1, 10, 20);
        var before = fixture.state.metadataLocation(DEV, TRIPS);
        var published = fixture.lake.publish(fixture.duckDb, plan, List.of(load));
        assertThat(published.loads()).isEmpty();
        assertThat(published.lost()).hasSize(1);
        assertThat(fixture.state.metadataLocation(DEV, TRIPS)).isEqualTo(before);
        assertThat(fixture.ids()).isEqualTo(range(0, 20));
        assertThat(Path.of(files.getFirst().path())).exists();
    }

    @Test
    void leavesNothingBehindWhenTheQueryFails() throws Exception {
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        for (Layout layout : Layout.values()) {
            assertThatThrownBy(() -> fixture.lake.stage(
                            fixture.duckDb,
                            plan,
                            "SELECT CASE WHEN id = 90_000 THEN error('LEAT_REJECT') ELSE id END AS id, * EXCLUDE (id) FROM ("
                                    + rows(PIPELINE, 0, 0, 100_000) + ")",
                            layout))
                    .hasMessageContaining("LEAT_REJECT");
        }
        try (var paths = Files.walk(folder.resolve("root"))) {
            assertThat(paths.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString()))
                    .containsExactly(".leat-owner");
        }
    }

    @Test
    void noticesFilesThatAreNoLongerWhatWasStaged() throws Exception {
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 0, 0, 10), Layout.SINGLE);
        assertThat(StagedFile.fromJson(StagedFile.toJson(files))).isEqualTo(files);
        assertThat(fixture.lake.intact(StagedFile.fromJson(StagedFile.toJson(files))))
                .isTrue();
        var bytes = Files.readAllBytes(Path.of(files.getFirst().path()));
        bytes[bytes.length / 2] ^= 1;
        Files.write(Path.of(files.getFirst().path()), bytes);
        assertThat(fixture.lake.intact(files)).isFalse();
        Files.delete(Path.of(files.getFirst().path()));
        assertThat(fixture.lake.intact(files)).isFalse();
    }

    @Test
    void refusesALakeOfAnotherStateStore() {
        fixture.published(0, 0, 10);
        try (var other = SqliteState.open(folder.resolve("other.db"))) {
            assertThatThrownBy(() -> Lake.open(folder.resolve("root"), other))
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FOREIGN_LAKE));
            Lake.adopt(folder.resolve("root"), other);
            Lake.open(folder.resolve("root"), other);
        }
        assertThatThrownBy(() -> Lake.open(folder.resolve("root"), fixture.state))
                .isInstanceOf(PipelineException.class);
    }

    @Test
    void publishesRejectsOnceHoweverOftenItIsTold() {
        String rejects = "SELECT 'trips' AS pipeline, '" + slice(0).text()
                + "' AS slice, 'x' AS load_id, 'a.csv' AS file, 7 AS record,"
                + " 'cast' AS step, 'id' AS column, 'E003' AS code, 'not a number' AS reason, 'abc' AS value,"
                + " 'abc,1' AS raw, TIMESTAMPTZ '2020-03-01 00:00:00+00' AS window";
        var record = fixture.claimed(0);
        var files = fixture.lake.stageRejects(fixture.duckDb, DEV, rejects);
        for (int i = 0; i < 2; i++) {
            assertThat(fixture.lake.publishRejects(fixture.duckDb, DEV, files, List.of(record)))
                    .isEmpty();
            assertThat(fixture.duckDb.query(
                            "SELECT reason FROM (" + fixture.lake.relation(DEV, Rejects.TABLE) + ")",
                            row -> row.getString(1)))
                    .containsExactly("not a number");
        }
        fixture.state.cancel(List.of(record), "lost");
        var more = fixture.lake.stageRejects(fixture.duckDb, DEV, rejects);
        assertThat(fixture.lake.publishRejects(fixture.duckDb, DEV, more, List.of(record)))
                .hasSize(1);
    }
}
