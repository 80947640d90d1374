package io.leat.state;

import io.leat.name.PipelineException;
import io.leat.name.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A second process that uses a state store, for tests of what only processes can do to one another. */
final class StateProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private StateProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts {@link #main} with these arguments. */
    static StateProcess start(List<String> properties, String... arguments) {
        return start(List.of(), properties, arguments);
    }

    /** @param wrapper a command that runs the one that follows it, in its own way */
    static StateProcess start(List<String> wrapper, List<String> properties, String... arguments) {
        var command = new ArrayList<String>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StateProcess.class.getName()));
        command.addAll(List.of(arguments));
        try {
            return new StateProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for the process to end and gives what it printed since. */
    List<String> lines() {
        return output.lines().toList();
    }

    /** Hands over each line as it comes, until the process ends. */
    void eachLine(Consumer<String> consumer) {
        try {
            output.lines().forEach(consumer);
        } catch (UncheckedIOException _) {
            return; // killed by us: that closes what it had left to say
        }
    }

    /** Waits for the next line. */
    String line() {
        try {
            return String.valueOf(output.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the wait of a process for a line. */
    void goOn() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** @param place a file, or {@code postgresql:PORT/DATABASE} of a {@link io.leat.testing.PostgresServer} */
    static StateStore open(String place) {
        if (!place.startsWith("postgresql:")) {
            return SqliteState.open(Path.of(place));
        }
        String[] parts = place.substring("postgresql:".length()).split("/", 2);
        return PostgresState.open(PostgresStores.connection(Integer.parseInt(parts[0]), parts[1]));
    }

    /** {@code open PLACE}, {@code claim PLACE SLICES GROUP}, {@code hold PLACE SLICES} or {@code fill PLACE}; {@code race PLACE} as {@link RaceWork#run}, {@code rate PLACE} as {@link RateWork#run}. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        try (var store = open(arguments[1])) {
            switch (arguments[0]) {
                case "open" -> System.out.println(store.storeId());
                case "claim" -> claimAll(store, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
                case "fill" -> fill(store);
                case "race" -> RaceWork.run(store, Arrays.copyOfRange(arguments, 2, arguments.length));
                case "rate" -> RateWork.run(store, Arrays.copyOfRange(arguments, 2, arguments.length));
                case "hold" -> hold(store, Integer.parseInt(arguments[2]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** Writes until that fails, then reads. */
    @SuppressWarnings("SystemOut")
    private static void fill(StateStore store) {
        try {
            for (int start = 0; ; start += 100) {
                claimed(store, StateStoreContract.requests(start, start + 100));
                System.out.println("claimed");
            }
        } catch (PipelineException failure) {
            System.out.println(failure.code() + " " + failure.message());
        }
        System.out.println(store.count(RecordQuery.of(StateStoreContract.DEV)));
    }

    private static void hold(StateStore store, int slices) throws IOException {
        var won = claimed(store, StateStoreContract.requests(0, slices));
        System.out.println("holding " + won.size());
        if (System.in.read() < 0) {
            System.out.println("left alone");
        }
    }

    /** Claims and publishes whatever it gets; prints each slice that it has published with its token. */
    private static void claimAll(StateStore store, int slices, int group) {
        var random = new java.util.Random(ProcessHandle.current().pid());
        var starts =
                IntStream.iterate(0, n -> n < slices, n -> n + group).boxed().toList();
        for (int start : starts) {
            int end = Math.min(slices, start + group);
            for (var record : claimed(store, StateStoreContract.requests(start, end))) {
                publish(store, record, random);
                System.out.println(record.slice().text() + " " + record.token());
            }
        }
    }

    static List<Record> claimed(StateStore store, List<SliceRequest> requests) {
        Owner me = Owner.current();
        RunId run = store.startRun(StateStoreContract.DEV, "test", List.of(), me);
        return store.claim(
                        StateStoreContract.DEV,
                        StateStoreContract.TRIPS,
                        requests,
                        new Claimant(me, run, Duration.ofMinutes(10)))
                .won();
    }

    private static void publish(StateStore store, Record record, java.util.Random random) {
        var staging = StateStoreContract.staging(io.leat.name.LoadId.at(StateStoreContract.FIRST, random), 10, 1);
        var staged =
                store.staged(List.of(new Staged(record, staging))).orThrow().getFirst();
        var result = store.publish(
                Publication.of(StateStoreContract.DEV, List.of(StateStoreContract.load(staged)), List.of()));
        if (!(result instanceof PublishResult.Published published)) {
            throw new IllegalStateException(result.toString());
        }
        store.completed(List.of(new Completion(published.records().getFirst(), 10)))
                .orThrow();
    }
}
