package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IntervalSetTest {

    private static final int UNIVERSE = 40;

    @Test
    void joinsWindowsThatTouch() {
        var set = IntervalSet.of(window(4, 6), window(0, 2), window(2, 4));

        assertThat(set).containsExactly(window(0, 6)).isEqualTo(IntervalSet.of(window(0, 6)));
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.span()).contains(window(0, 6));
    }

    @Test
    void takesAWindowOutOfTheMiddle() {
        var set = IntervalSet.of(window(0, 10)).minus(window(3, 5));

        assertThat(set).containsExactly(window(0, 3), window(5, 10));
        assertThat(set)
                .hasToString("{1970-01-01T00:00:00Z/1970-01-01T00:00:03Z, 1970-01-01T00:00:05Z/1970-01-01T00:00:10Z}");
        assertThat(set.length()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void isEmptyWithoutWindows() {
        assertThat(IntervalSet.empty()).isEqualTo(IntervalSet.of(List.of())).isEmpty();
        assertThat(IntervalSet.empty().span()).isEmpty();
        assertThat(IntervalSet.empty().coveredBy(IntervalSet.empty())).isTrue();
        assertThat(IntervalSet.empty())
                .isNotEqualTo(IntervalSet.of(window(0, 1)))
                .isNotEqualTo("{}");
    }

    @Test
    void agreesWithASetOfSingleSeconds() {
        Seeded.check(3000, random -> {
            var one = random(random);
            var other = random(random);
            var window = randomWindow(random);

            assertThat(seconds(one.set())).isEqualTo(one.seconds());
            assertThat(seconds(one.set().union(other.set()))).isEqualTo(changed(one, other, BitSet::or));
            assertThat(seconds(one.set().minus(other.set()))).isEqualTo(changed(one, other, BitSet::andNot));
            assertThat(seconds(one.set().intersect(other.set()))).isEqualTo(changed(one, other, BitSet::and));
            assertThat(one.set().add(window)).isEqualTo(one.set().union(IntervalSet.of(window)));
            assertThat(one.set().intersect(window))
                    .isEqualTo(one.set().minus(one.set().minus(window)));
            assertThat(one.set().coveredBy(other.set()))
                    .isEqualTo(changed(one, other, BitSet::andNot).isEmpty());
            assertThat(one.set().equals(other.set())).isEqualTo(one.seconds().equals(other.seconds()));
        });
    }

    @Test
    void looksUpAsASetOfSingleSecondsDoes() {
        Seeded.check(3000, random -> {
            var one = random(random);
            var window = randomWindow(random);
            var within = one.seconds().get((int) window.start().getEpochSecond(), (int)
                    window.end().getEpochSecond());

            assertThat(one.set().contains(window))
                    .isEqualTo(within.cardinality() == window.length().toSeconds());
            assertThat(one.set().overlaps(window)).isEqualTo(!within.isEmpty());
            assertThat(one.set().length().toSeconds()).isEqualTo(one.seconds().cardinality());
            for (var second = 0; second < UNIVERSE; second++) {
                assertThat(one.set().contains(Instant.ofEpochSecond(second, 999_999_999)))
                        .isEqualTo(one.seconds().get(second));
            }
        });
    }

    @Test
    void keepsItsRunsApart() {
        Seeded.check(1000, random -> {
            var runs = random(random).set().minus(random(random).set()).stream().toList();
            for (var i = 1; i < runs.size(); i++) {
                assertThat(runs.get(i - 1).end()).isBefore(runs.get(i).start());
            }
            assertThat(IntervalSet.of(runs).hashCode())
                    .isEqualTo(IntervalSet.of(runs.reversed()).hashCode());
        });
    }

    private record Model(IntervalSet set, BitSet seconds) {}

    private interface Change {
        void apply(BitSet set, BitSet other);
    }

    private static BitSet changed(Model one, Model other, Change change) {
        var seconds = (BitSet) one.seconds().clone();
        change.apply(seconds, other.seconds());
        return seconds;
    }

    private static Model random(RandomGenerator random) {
        var windows = new ArrayList<Window>();
        var seconds = new BitSet();
        for (var i = random.nextInt(6); i > 0; i--) {
            var window = randomWindow(random);
            windows.add(window);
            seconds.set(
                    (int) window.start().getEpochSecond(), (int) window.end().getEpochSecond());
        }
        return new Model(IntervalSet.of(windows), seconds);
    }

    private static Window randomWindow(RandomGenerator random) {
        var start = random.nextInt(UNIVERSE);
        return window(start, random.nextInt(start + 1, Math.min(UNIVERSE, start + 12) + 1));
    }

    private static BitSet seconds(IntervalSet set) {
        var seconds = new BitSet();
        for (var run : set) {
            seconds.set((int) run.start().getEpochSecond(), (int) run.end().getEpochSecond());
        }
        return seconds;
    }

    private static Window window(long start, long end) {
        return new Window(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    }
}
