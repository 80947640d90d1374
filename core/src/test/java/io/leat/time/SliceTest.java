package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    @Test
    void hasOneTextPerSlice() {
        var window = WindowTest.window("2001-01-01T08:00:00Z", "2001-01-01T10:00:00Z");

        assertThat(new Slice.All().text()).isEqualTo("all");
        assertThat(new Slice.OfWindow(window).text()).isEqualTo("w/2001-01-01T08:00:00Z/2001-01-01T10:00:00Z");
        assertThat(new Slice.OfFile(SHA).text()).isEqualTo("f/" + SHA);
        assertThat(new Slice.OfOffsets("orders-2", 0, 100, 200)).hasToString("k/orders-2/0/100-200");
    }

    @Test
    void parsesWhatItWrites() {
        for (var slice : List.of(
                new Slice.All(),
                new Slice.OfWindow(WindowTest.window("2001-01-01T08:00:00Z", "2001-01-01T10:00:07Z")),
                new Slice.OfFile(SHA),
                new Slice.OfOffsets("a.b_c-D", 12, 0, 9))) {
            assertThat(Slice.parse(slice.text())).isEqualTo(slice);
            assertThat(slice).hasToString(slice.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "All",
                "all/",
                "w",
                "w/2001-01-01T08:00:00Z",
                "w/2001-01-01T08:00Z/2001-01-01T10:00:00Z",
                "w/2001-01-01T08:00:00Z/2001-01-01T08:00:00Z",
                "w/yesterday/2001-01-01T08:00:00Z",
                "w/2001-01-01T08:00:00Z/2001-01-01T10:00:00.000Z",
                "f/abc",
                "f/0123/4",
                "k/a/0/5-4",
                "k/a/00/4-5",
                "k/a/0/04-5",
                "k/a b/0/4-5",
                "k/a/0/4",
                "k/a/x/4-5",
                "k/a/0",
                "x/1"
            })
    void refusesAnyOtherText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Slice.parse(text));
    }

    @Test
    void refusesASliceThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice.OfFile(SHA.toUpperCase(Locale.ROOT)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice.OfOffsets("t", -1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice.OfOffsets("t", 0, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice.OfOffsets("t", 0, 1, 1));
    }

    @Test
    void hasAPathForEachKind() {
        var window = WindowTest.window("2001-01-01T08:00:00Z", "2001-01-01T10:00:00Z");

        assertThat(new Slice.All().pathSafe()).isEqualTo("all");
        assertThat(new Slice.OfWindow(window).pathSafe()).isEqualTo("w-20010101T080000Z-20010101T100000Z");
        assertThat(new Slice.OfFile(SHA).pathSafe()).isEqualTo("f-" + SHA);
        assertThat(new Slice.OfOffsets("orders", 3, 100, 200).pathSafe()).isEqualTo("k-orders-3-100-200");
    }

    @Test
    void keepsTopicsApartThatDifferInCapitalsOrAtTheirEnd() {
        var topics = List.of(
                "orders", "Orders", "oRders", "x".repeat(249), "x".repeat(248), "X".repeat(100), "X".repeat(99));
        var paths = new HashSet<String>();
        for (var topic : topics) {
            var path = new Slice.OfOffsets(topic, 1, 2, 3).pathSafe();
            assertThat(path).matches("[a-z0-9~.-]{1,200}");
            paths.add(path);
        }

        assertThat(paths).hasSameSizeAs(topics);
    }

    @Test
    void sortsThePathsOfWindowsAsTheWindows() {
        Seeded.check(200, random -> {
            var one = randomWindow(random);
            var other = randomWindow(random);
            var byPath = new Slice.OfWindow(one).pathSafe().compareTo(new Slice.OfWindow(other).pathSafe());

            assertThat(Integer.signum(byPath)).isEqualTo(Integer.signum(one.compareTo(other)));
        });
    }

    private static Window randomWindow(RandomGenerator random) {
        var start = random.nextLong(Window.EARLIEST.getEpochSecond(), Window.LATEST.getEpochSecond());
        return new Window(
                Instant.ofEpochSecond(start),
                Instant.ofEpochSecond(random.nextLong(start, Window.LATEST.getEpochSecond()) + 1));
    }
}
