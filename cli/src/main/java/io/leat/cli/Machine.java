package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.lake.DuckDb;
import io.leat.name.PipelineException;
import io.leat.time.Tzdb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Looks at the machine that Leat runs on. */
final class Machine {
    private static final long LITTLE_SPACE = 2_000_000_000L;
    private static final long LITTLE_MEMORY = 64_000_000L;

    private Machine() {}

    static List<Finding> examine(Path temporary) {
        return List.of(
                java(),
                names(System.getProperty("sun.jnu.encoding", "")),
                space("temporary folder", temporary),
                engine(temporary),
                zones());
    }

    private static Finding java() {
        var version = Runtime.version();
        return version.feature() >= 25
                ? Finding.ok("java", version.toString())
                : Finding.fail("java", version.toString(), "install a JDK 25 or later, or set JAVA_HOME to one");
    }

    /** Whether every name of a file can be written: the JVM takes the encoding of names from the locale. */
    static Finding names(String encoding) {
        return encoding.toUpperCase(Locale.ROOT).startsWith("UTF")
                ? Finding.ok("names of files", encoding)
                : Finding.warn(
                        "names of files",
                        "in " + encoding + ": files whose names have other letters cannot be read",
                        "set LC_ALL=C.UTF-8");
    }

    /** Whether the folder, or the nearest above it that exists, can be written to and has room. */
    static Finding space(String subject, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            return Finding.fail(
                    subject, existing + " cannot be written to", "give yourself the right, or choose another folder");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String finding = existing + " has " + Human.bytes(free) + " free";
            return free < LITTLE_SPACE
                    ? Finding.warn(subject, finding, "make room: the query engine spills large work to disk")
                    : Finding.ok(subject, finding);
        } catch (IOException failure) {
            return Finding.fail(
                    subject, existing + " cannot be examined: " + failure.getMessage(), "look at the file system");
        }
    }

    private static Finding engine(Path temporary) {
        try (var duck = DuckDb.open(new DuckDb.Limits(LITTLE_MEMORY, 1, temporary, 0))) {
            return duck.one("SELECT version()", row -> row.getString(1))
                    .map(version -> Finding.ok("query engine", "DuckDB " + version))
                    .orElseGet(() -> Finding.fail("query engine", "does not answer", "reinstall Leat"));
        } catch (PipelineException | UnsatisfiedLinkError failure) {
            return Finding.fail(
                    "query engine",
                    String.valueOf(failure.getMessage()),
                    "the temporary folder must allow programs to be loaded from it (not mounted noexec)");
        }
    }

    private static Finding zones() {
        return Finding.ok("time zones", "tzdb " + Tzdb.version());
    }
}
