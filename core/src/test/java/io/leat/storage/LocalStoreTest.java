package io.leat.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
    @TempDir
    Path folder;

    private LocalStore store;

    @BeforeEach
    void open() {
        store = new LocalStore(folder);
    }

    @Test
    void letsExactlyOneOfManyWritersPut() throws Exception {
        int writers = 8;
        var together = new CyclicBarrier(writers);
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int round = 0; round < 20; round++) {
                String key = "a/b/" + round;
                var results = threads.invokeAll(IntStream.range(0, writers)
                        .<Callable<Integer>>mapToObj(i -> () -> {
                            together.await();
                            return store.putIfAbsent(key, ("writer " + i).getBytes(UTF_8)) ? i : -1;
                        })
                        .toList());
                var winners = results.stream()
                        .map(done -> done.resultNow())
                        .filter(i -> i >= 0)
                        .toList();
                assertThat(winners).hasSize(1);
                assertThat(store.read(key)).hasValue(("writer " + winners.getFirst()).getBytes(UTF_8));
            }
        }
        assertThat(Files.list(folder.resolve("a/b"))).hasSize(20);
    }

    @Test
    void readsRangesThatReachBeyondTheEnd() {
        store.put("x", "0123456789".getBytes(UTF_8));
        assertThat(store.read("x", 2, 3)).hasValue("234".getBytes(UTF_8));
        assertThat(store.read("x", 8, 30)).hasValue("89".getBytes(UTF_8));
        assertThat(store.read("x", 80, 3)).hasValue(new byte[0]);
        assertThat(store.read("y", 0, 3)).isEmpty();
    }

    @Test
    void listsWhatLiesInAFolderAndBelow() {
        store.put("a/1", new byte[3]);
        store.put("a/b/2", new byte[0]);
        store.put("ab/3", new byte[0]);
        try (var entries = store.list("a")) {
            assertThat(entries.map(ObjectStore.Entry::key)).containsExactlyInAnyOrder("a/1", "a/b/2");
        }
        assertThat(store.list("none")).isEmpty();
    }

    @Test
    void replacesCopiesAndDeletes() {
        store.put("a", "1".getBytes(UTF_8));
        store.put("a", "2".getBytes(UTF_8));
        store.copy("a", "b/c");
        store.delete("a");
        store.delete("a");
        assertThat(store.read("a")).isEmpty();
        assertThat(store.read("b/c")).hasValue("2".getBytes(UTF_8));
        assertThat(store.read("b/c/d")).isEmpty();
    }

    @Test
    void refusesKeysOutsideTheStore() {
        for (String key : new String[] {"../x", "a/../../x", "/etc/passwd"}) {
            assertThatThrownBy(() -> store.read(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
