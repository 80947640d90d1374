package io.leat.lake;

import static io.leat.lake.LakeFixture.CONTRACT;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.range;
import static io.leat.lake.LakeFixture.rows;
import static io.leat.lake.LakeFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.PublishResult;
import io.leat.state.SqliteState;
import io.leat.state.StateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentPublishTest {
    @TempDir
    Path folder;

    /** Publishes a number of hours, one commit each, as a process of its own. */
    static final class Publishing {
        public static void main(String[] arguments) {
            var pipeline = new PipelineName(arguments[1]);
            int hours = Integer.parseInt(arguments[2]);
            int first = Integer.parseInt(arguments[3]);
            try (var fixture = LakeFixture.in(Path.of(arguments[0]))) {
                for (int n = 0; n < hours; n++) {
                    fixture.published(pipeline, n, first + n * 10, first + n * 10 + 10);
                }
            }
        }
    }

    @Test
    void keepsTheRowsOfTwoProcessesThatPublishIntoOneTable() throws Exception {
        int hours = 8;
        try (var fixture = LakeFixture.in(folder)) {
            var processes = new ArrayList<Process>();
            for (int i = 0; i < 2; i++) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx300m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Publishing.class.getName(),
                                folder.toString(),
                                "p" + i,
                                Integer.toString(hours),
                                Integer.toString(i * 1000))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out" + i).toFile())
                        .start());
            }
            for (int i = 0; i < processes.size(); i++) {
                assertThat(processes.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
                assertThat(folder.resolve("out" + i)).hasContent("");
            }
            var expected = new ArrayList<>(range(0, hours * 10L));
            expected.addAll(range(1000, 1000 + hours * 10L));
            assertThat(fixture.ids()).isEqualTo(expected);
            assertThat(fixture.state.loads(DEV, TRIPS)).hasSize(2 * hours);
        }
    }

    @Test
    void keepsTheRowsOfTwoThreadsThatPublishIntoOneTable() throws Exception {
        int hours = 8;
        // a lake each: nothing but the state store keeps them apart
        try (var one = LakeFixture.in(folder);
                var other = LakeFixture.in(folder);
                var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> works = List.of(
                    () -> publish(one, new PipelineName("p0"), hours, 0),
                    () -> publish(other, new PipelineName("p1"), hours, 1000));
            for (var done : threads.invokeAll(works)) {
                assertThat(done.get()).isEqualTo(hours);
            }
            var expected = new ArrayList<>(range(0, hours * 10L));
            expected.addAll(range(1000, 1000 + hours * 10L));
            assertThat(one.ids()).isEqualTo(expected);
        }
    }

    private static int publish(LakeFixture fixture, PipelineName pipeline, int hours, int first) {
        for (int n = 0; n < hours; n++) {
            fixture.published(pipeline, n, first + n * 10, first + n * 10 + 10);
        }
        return hours;
    }

    /** What becomes of a commit whose answer is lost. */
    private enum Fate {
        COMMITTED,
        NOT_COMMITTED
    }

    @Test
    void findsOutWhatBecameOfACommitWithoutAnAnswer() {
        for (Fate fate : Fate.values()) {
            Path place = folder.resolve(fate.name());
            try (var state = SqliteState.open(place.resolve("state.db"));
                    var fixture = LakeFixture.with(place, answerless(state, fate, 1))) {
                fixture.published(0, 0, 10);
                assertThat(fixture.ids()).as(fate.name()).isEqualTo(range(0, 10));
                assertThat(fixture.state.loads(DEV, TRIPS)).hasSize(1);
                fixture.lake.keeper().maintain(fixture.duckDb, DEV, Upkeep.DEFAULT);
                fixture.published(0, 0, 11);
                assertThat(fixture.ids()).as(fate.name()).isEqualTo(range(0, 11));
            }
        }
    }

    @Test
    void saysThatTheOutcomeIsUnknownAndRemovesNothingIfTheStoreStaysSilent() {
        try (var state = SqliteState.open(folder.resolve("state.db"));
                var fixture = LakeFixture.with(folder, answerless(state, Fate.NOT_COMMITTED, Integer.MAX_VALUE))) {
            var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
            var record = fixture.claimed(0);
            var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 0, 0, 10), Layout.SINGLE);
            var load = fixture.load(record, WriteMode.REPLACE, files);
            assertThatThrownBy(() -> fixture.lake.publish(fixture.duckDb, plan, List.of(load)))
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN));
            assertThat(fixture.lake.intact(files)).isTrue();
            var lake = Lake.open(folder.resolve("root"), state);
            assertThat(lake.publish(fixture.duckDb, plan, List.of(load)).loads())
                    .hasSize(1);
            assertThat(fixture.ids()).isEqualTo(range(0, 10));
        }
    }

    @Test
    void endsCleanlyWhereverItFails() {
        for (FaultPoint point : FaultPoint.values()) {
            if (!point.name().startsWith("LAKE") && !point.name().startsWith("PUBLISH")) {
                continue;
            }
            Path place = folder.resolve(point.name());
            try (var fixture = LakeFixture.in(place)) {
                fixture.published(0, 0, 10);
                fixture.published(1, 10, 20);
                System.setProperty(FaultPoint.PROPERTY, point.text() + ":1:error");
                try {
                    fixture.published(1, 10, 25);
                } catch (PipelineException injected) {
                    assertThat(injected).hasMessageContaining("fault injected");
                } finally {
                    System.clearProperty(FaultPoint.PROPERTY);
                    FaultPoint.reset();
                }
                assertThat(fixture.ids()).as(point.text()).isIn(range(0, 20), range(0, 25));
                var ledger = fixture.state.load(DEV, PIPELINE, slice(1)).orElseThrow();
                assertThat(fixture.ids()).as(point.text()).hasSize(10 + (int) ledger.rows());
            }
        }
    }

    private static StateStore answerless(StateStore state, Fate fate, int times) {
        int[] left = {times};
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("publish") && left[0]-- > 0) {
                            if (fate == Fate.COMMITTED) {
                                method.invoke(state, arguments);
                            }
                            return new PublishResult.Unknown(
                                    new PipelineException(ErrorCode.NETWORK, "the connection was cut"));
                        }
                        return method.invoke(state, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
