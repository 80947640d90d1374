package io.leat.name;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A place where a test can make the program die or fail: before and after every durable effect. Without the system
 * property {@value #PROPERTY} nothing happens.
 *
 * <p>The property reads {@code <point or *>:<n>:<crash|stop|error|transient>}, the point in the form {@code publish.before_commit}: at
 * the n-th passage (of that point, or of any; {@code n+} means this one and all that follow) the process ends at once as by {@code
 * kill -9}, or stands still as by {@code kill -STOP} until somebody sends it SIGCONT, or a {@link PipelineException} is thrown, one
 * that trying again does not help or one that it may. A sweep takes n = 1, 2, 3 … with {@code *} until a run passes untouched, or
 * every point of {@link #values()} once.
 */
public enum FaultPoint {
    CLAIM_BEFORE_COMMIT,
    CLAIM_AFTER_COMMIT,
    RENEW_BEFORE_COMMIT,
    RENEW_AFTER_COMMIT,
    STAGED_BEFORE_COMMIT,
    STAGED_AFTER_COMMIT,
    PUBLISH_BEFORE_COMMIT,
    PUBLISH_AFTER_COMMIT,
    COMPLETED_BEFORE_COMMIT,
    COMPLETED_AFTER_COMMIT,
    SKIPPED_BEFORE_COMMIT,
    SKIPPED_AFTER_COMMIT,
    FAILED_BEFORE_COMMIT,
    FAILED_AFTER_COMMIT,
    RELEASED_BEFORE_COMMIT,
    RELEASED_AFTER_COMMIT,
    SWEEP_BEFORE_COMMIT,
    SWEEP_AFTER_COMMIT,
    RUN_BEFORE_COMMIT,
    RUN_AFTER_COMMIT,
    INDEX_BEFORE_COMMIT,
    INDEX_AFTER_COMMIT,
    CHECKS_BEFORE_COMMIT,
    CHECKS_AFTER_COMMIT,
    MOVE_BEFORE_COMMIT,
    MOVE_AFTER_COMMIT,
    IMPORT_BEFORE_COMMIT,
    IMPORT_AFTER_COMMIT,
    PURGE_BEFORE_COMMIT,
    PURGE_AFTER_COMMIT,
    LAKE_FILES_WRITTEN,
    LAKE_FILES_STAGED,
    LAKE_METADATA_WRITTEN,
    LAKE_COMMITTED,
    LAKE_POINTER_WRITTEN,
    LAKE_OWNER_WRITTEN,
    LAKE_FILE_DELETED,
    STAGE_FILE_DELETED,
    TARGET_RAISE_BEFORE_COMMIT,
    TARGET_RAISE_AFTER_COMMIT,
    TARGET_TABLE_BEFORE_COMMIT,
    TARGET_TABLE_AFTER_COMMIT,
    TARGET_PUBLISH_BEFORE_COMMIT,
    TARGET_PUBLISH_AFTER_COMMIT,
    TARGET_ADOPT_BEFORE_COMMIT,
    TARGET_ADOPT_AFTER_COMMIT;

    /** The name of the system property that arms a fault. */
    public static final String PROPERTY = "leat.fault";

    private static final int KILLED = 137;

    /** The passages for each value of the property, so that a test that sets another one starts at 0. */
    private static final Map<String, List<FaultPoint>> PASSAGES = new ConcurrentHashMap<>();

    /**
     * Passes the point.
     *
     * @throws PipelineException if a fault of the kind {@code error} or {@code transient} is armed for this passage
     */
    public void reached() {
        var armed = Fault.armed();
        if (armed == null || !armed.meets(this)) {
            return;
        }
        int passage = armed.passed(this);
        if (passage == armed.n || armed.onwards && passage > armed.n) {
            armed.strike(this);
        }
    }

    /** Forgets all passages: the next test counts from 1. */
    public static void reset() {
        PASSAGES.clear();
    }

    /** How many passages were counted for the fault that is armed. */
    public static int passages() {
        return passed().size();
    }

    /** The points that were passed, in their order, of those that the armed fault meets. */
    public static List<FaultPoint> passed() {
        return List.copyOf(PASSAGES.getOrDefault(System.getProperty(PROPERTY, ""), List.of()));
    }

    /** The point as the property and messages write it, for example {@code publish.before_commit}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    private record Fault(String spec, String point, int n, boolean onwards, String kind) {

        private static final List<String> KINDS = List.of("crash", "stop", "error", "transient");

        static @Nullable Fault armed() {
            String spec = System.getProperty(PROPERTY);
            if (spec == null || spec.isEmpty()) {
                return null;
            }
            String[] parts = spec.split(":", -1);
            if (parts.length != 3 || !KINDS.contains(parts[2])) {
                throw new IllegalArgumentException(
                        PROPERTY + " must be <point or *>:<n>:<crash|stop|error|transient>, but it is '" + spec + "'");
            }
            boolean onwards = parts[1].endsWith("+");
            return new Fault(spec, parts[0], Integer.parseInt(parts[1].replace("+", "")), onwards, parts[2]);
        }

        boolean meets(FaultPoint passed) {
            return point.equals("*") || point.equals(passed.text());
        }

        /** Notes the passage, and says the how manyth it is. */
        int passed(FaultPoint point) {
            List<FaultPoint> passages = PASSAGES.computeIfAbsent(spec, _ -> new CopyOnWriteArrayList<>());
            synchronized (passages) {
                passages.add(point);
                return passages.size();
            }
        }

        void strike(FaultPoint passed) {
            if (kind.equals("crash")) {
                Runtime.getRuntime().halt(KILLED);
            }
            if (kind.equals("stop")) {
                stop();
                return;
            }
            throw new PipelineException(
                    kind.equals("transient") ? ErrorCode.NETWORK : ErrorCode.INTERNAL,
                    "fault injected at " + passed.text());
        }

        private static void stop() {
            try {
                String pid = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
