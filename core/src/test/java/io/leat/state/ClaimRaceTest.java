package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many processes with many threads on one store, some of which are killed and replaced: in the end every window was published once,
 * and no token had two owners. A build takes a small sample; {@code -Dleat.race=100000} lets 8 processes with 4 threads each work on
 * so many windows on PostgreSQL, and on a tenth of them on SQLite.
 */
class ClaimRaceTest {
    private static final Sample OF_A_BUILD = new Sample(1_000, 3, 2, 2);
    private static final int WINDOWS_OF_ALL = Integer.getInteger("leat.race", 0);

    @TempDir
    Path folder;

    /** @param kills how many processes are killed, at instants spread at random over the work */
    private record Sample(int windows, int processes, int threads, int kills) {
        static Sample of(int windows) {
            return new Sample(windows, 8, 4, 24);
        }
    }

    @Test
    void everyWindowIsPublishedOnceOnPostgres() throws Exception {
        var database = PostgresStores.made();
        var sample = WINDOWS_OF_ALL == 0 ? OF_A_BUILD : Sample.of(WINDOWS_OF_ALL);
        race(sample, "postgresql:" + database.port() + "/" + database.database());
        try (var keeper = PostgresState.keeper(database, Duration.ZERO)) {
            requireNothingElse(sample, keeper.describe());
        }
    }

    @Test
    void everyWindowIsPublishedOnceOnSqlite() throws Exception {
        Path file = folder.resolve("state.db");
        var sample = WINDOWS_OF_ALL == 0 ? OF_A_BUILD : Sample.of(WINDOWS_OF_ALL / 10);
        race(sample, file.toString());
        try (var keeper = SqliteState.keeper(file, Duration.ZERO)) {
            requireNothingElse(sample, keeper.describe());
        }
    }

    private static void requireNothingElse(Sample sample, StoreDescription store) {
        assertThat(store.rows())
                .as("one generation and one load of each window")
                .containsEntry("pipeline_records", (long) sample.windows())
                .containsEntry("leat_loads", (long) sample.windows());
    }

    @SuppressWarnings("SystemOut")
    private void race(Sample sample, String place) throws Exception {
        long seed = Long.getLong("leat.seed", new Random().nextLong());
        long begin = System.nanoTime();
        try (var field = new Field(sample, place, new Random(seed))) {
            field.toTheEnd(seed);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;

        Map<String, Claimed> claims = new HashMap<>();
        Set<String> published = new HashSet<>();
        for (Path log : logs()) {
            for (String line : wholeLines(log)) {
                String[] words = line.split(" ");
                var claim = new Claimed(words[1], words[2], log);
                if (words[0].equals("claimed")) {
                    assertThat(claims.put(words[3], claim))
                            .as("another owner of token %s, seed %d", words[3], seed)
                            .isNull();
                } else {
                    assertThat(claims.get(words[3])).as("seed %d", seed).isEqualTo(claim);
                    assertThat(published.add(words[1] + " " + words[2]))
                            .as("first publication of %s, seed %d", line, seed)
                            .isTrue();
                }
            }
        }
        int takenOver = 0;
        try (var store = StateProcess.open(place)) {
            for (int number = 0; number < RaceWork.PIPELINES; number++) {
                var pipeline = RaceWork.pipeline(number);
                var loads = store.loads(StateStoreContract.DEV, pipeline);
                assertThat(loads.stream().map(Load::slice).distinct())
                        .as("windows of %s that are published, seed %d", pipeline, seed)
                        .hasSize(sample.windows() / RaceWork.PIPELINES);
                for (Load load : loads) {
                    var claim = claims.get("" + load.token());
                    assertThat(claim)
                            .as("who published %s, seed %d", load, seed)
                            .isNotNull();
                    assertThat(claim.slice()).isEqualTo(load.slice().text());
                }
            }
            assertThat(store.counts(StateStoreContract.DEV))
                    .as("seed %d", seed)
                    .allSatisfy(counts -> assertThat(counts.status()).isEqualTo(Status.COMPLETED));
            takenOver = claims.size() - sample.windows();
        }
        assertThat(takenOver).as("claims of what the dead had left").isNotNegative();
        System.out.printf(
                "%s: %,d windows by %d processes of %d threads, %d killed, %,d windows taken over, %.1f s, %,.0f windows/s, seed %d%n",
                place.startsWith("postgresql") ? "PostgreSQL" : "SQLite",
                sample.windows(),
                sample.processes(),
                sample.threads(),
                sample.kills(),
                takenOver,
                seconds,
                sample.windows() / seconds,
                seed);
    }

    /** Who has a token, and for what. */
    private record Claimed(String pipeline, String slice, Path log) {}

    private List<Path> logs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static List<String> wholeLines(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** The processes that run. */
    private final class Field implements AutoCloseable {
        /** How many windows somebody has finished; {@link #ENDED}: a process has ended. */
        private final BlockingQueue<Integer> news = new LinkedBlockingQueue<>();

        private static final int ENDED = -1;

        private final Sample sample;
        private final String place;
        private final Random random;
        private final List<StateProcess> running = new ArrayList<>();
        private final List<StateProcess> all = new ArrayList<>();

        Field(Sample sample, String place, Random random) {
            this.sample = sample;
            this.place = place;
            this.random = random;
        }

        void toTheEnd(long seed) throws InterruptedException {
            IntStream.range(0, sample.processes()).forEach(_ -> start());
            var kills = random.ints(sample.kills(), 0, sample.windows() * 9 / 10)
                    .sorted()
                    .boxed()
                    .toList();
            int killed = 0;
            int done = 0;
            int ended = 0;
            while (ended < all.size()) {
                int some = news.take();
                if (some == ENDED) {
                    ended++;
                } else {
                    done += some;
                    for (; killed < kills.size() && done > kills.get(killed); killed++) {
                        running.remove(random.nextInt(running.size())).kill();
                        start();
                    }
                }
            }
            assertThat(killed).as("processes that were killed, seed %d", seed).isEqualTo(sample.kills());
            for (StateProcess process : running) {
                assertThat(process.exitCode()).as("seed %d", seed).isZero();
            }
        }

        private void start() {
            var process = StateProcess.start(
                    List.of(),
                    "race",
                    place,
                    folder.resolve(all.size() + ".log").toString(),
                    "" + sample.windows(),
                    "" + sample.threads(),
                    "" + random.nextLong());
            running.add(process);
            all.add(process);
            Thread.ofVirtual().start(() -> {
                try {
                    process.eachLine(line -> news.add(Integer.valueOf(line)));
                } finally {
                    news.add(ENDED);
                }
            });
        }

        @Override
        public void close() {
            all.forEach(StateProcess::close);
        }
    }
}
