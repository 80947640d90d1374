package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several real processes on one store. */
abstract class ProcessesContract {
    private static final int SLICES = 300;

    /** The same store within one test, yet to be made, as {@link StateProcess#open} knows it. */
    abstract String place();

    private StateStore open() {
        return StateProcess.open(place());
    }

    private StateProcess start(String... arguments) {
        return StateProcess.start(List.of(), arguments);
    }

    @Test
    void fourProcessesThatStartAtOnceMakeOneStore() throws InterruptedException {
        var processes =
                IntStream.range(0, 4).mapToObj(_ -> start("open", place())).toList();

        var identities = processes.stream().flatMap(one -> one.lines().stream()).toList();

        for (var process : processes) {
            assertThat(process.exitCode()).isZero();
        }
        assertThat(identities).hasSize(4);
        assertThat(identities.stream().distinct()).hasSize(1);
    }

    @Test
    void twoProcessesShareTheSlicesWithoutGapOrOverlap() throws InterruptedException {
        open().close();
        try (var one = start("claim", place(), "" + SLICES, "7");
                var other = start("claim", place(), "" + SLICES, "11")) {
            var published =
                    Stream.concat(one.lines().stream(), other.lines().stream()).toList();

            assertThat(one.exitCode() + other.exitCode()).isZero();
            assertThat(published).hasSize(SLICES);
            assertThat(published.stream().map(line -> line.split(" ")[0]).distinct())
                    .hasSize(SLICES);
            assertThat(published.stream().map(line -> line.split(" ")[1]).distinct())
                    .hasSize(SLICES);
        }
        try (var store = open()) {
            assertThat(store.loads(StateStoreContract.DEV, StateStoreContract.TRIPS))
                    .hasSize(SLICES);
            assertThat(store.counts(StateStoreContract.DEV))
                    .singleElement()
                    .satisfies(counts -> assertThat(counts.status()).isEqualTo(Status.COMPLETED));
        }
    }

    @Test
    void aKilledHolderIsTakenOverAtOnce() throws InterruptedException {
        try (var holder = start("hold", place(), "20")) {
            assertThat(holder.line()).isEqualTo("holding 20");
            try (var store = open()) {
                assertThat(claim(store).won()).as("while it lives").isEmpty();

                holder.kill();

                assertThat(claim(store).won())
                        .hasSize(20)
                        .allSatisfy(record -> assertThat(record.attempt()).isEqualTo(1));
            }
        }
    }

    @Test
    void aProcessThatDiesBeforeItsCommitLeavesNothingAndAfterItEverything() throws InterruptedException {
        open().close();
        assertThat(dyingAt("publish.before_commit")).isEqualTo(137);
        try (var store = open()) {
            assertThat(store.loads(StateStoreContract.DEV, StateStoreContract.TRIPS))
                    .isEmpty();
        }

        assertThat(dyingAt("publish.after_commit")).isEqualTo(137);

        try (var store = open()) {
            assertThat(store.loads(StateStoreContract.DEV, StateStoreContract.TRIPS))
                    .hasSize(1);
            var taken = claim(store).won();
            assertThat(taken).first().satisfies(record -> {
                assertThat(record.nextPhase()).contains(Phase.AUDIT);
                assertThat(record.attempt()).isEqualTo(2);
            });
        }
    }

    private int dyingAt(String point) throws InterruptedException {
        try (var process =
                StateProcess.start(List.of("-Dleat.fault=" + point + ":1:crash"), "claim", place(), "1", "1")) {
            process.lines();
            return process.exitCode();
        }
    }

    private static ClaimResult claim(StateStore store) {
        Owner me = Owner.current();
        var run = store.startRun(StateStoreContract.DEV, "test", List.of(), me);
        return store.claim(
                StateStoreContract.DEV,
                StateStoreContract.TRIPS,
                StateStoreContract.requests(0, 20),
                new Claimant(me, run, Duration.ofMinutes(1)));
    }
}
