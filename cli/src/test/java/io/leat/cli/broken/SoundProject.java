package io.leat.cli.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import io.leat.project.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small project that works and has been loaded. It can be put back to that state as often as a test breaks it. */
final class SoundProject {
    static final String SALES = """
            pipeline: sales
            source: { files: data/sales*.csv }
            columns:
              id: { type: integer, required: true }
              country: { type: string }
              amount: { type: "decimal(10,2)" }
            target: { table: bronze.sales }
            """;
    static final String TRIPS = """
            pipeline: trips
            source: { files: data/trips*.csv }
            window: { column: at, every: 1d, start: 2024-01-01, end: 2024-01-04 }
            columns:
              at: { type: timestamp }
              metres: { type: integer }
            target: { table: bronze.trips }
            """;
    static final String TOTALS = """
            MODEL (name gold.totals, kind FULL);

            SELECT country, sum(amount) AS amount FROM bronze.sales GROUP BY country
            """;

    private final Path root;
    private final Path kept;
    private final Path observer;

    private SoundProject(Path folder) {
        root = folder.resolve("project");
        kept = folder.resolve("kept");
        observer = folder.resolve("observer");
    }

    /** Writes the project into a folder of its own, loads it, and remembers it. */
    static SoundProject in(Path folder) {
        var project = new SoundProject(folder)
                .file("leat.yaml", "project: shop\ndefaults: { memory: 256MB, threads: 2 }\n")
                .file("pipelines/sales.yaml", SALES)
                .file("pipelines/trips.yaml", TRIPS)
                .file("models/gold/totals.sql", TOTALS)
                .file("data/sales.csv", "id,country,amount\n1,NL,10\n2,BE,20\n")
                .file("data/trips.csv", "at,metres\n2024-01-01T10:00:00Z,1\n2024-01-02T10:00:00Z,2\n");
        copy(project.root, project.observer);
        try {
            Files.writeString(
                    project.observer.resolve("leat.yaml"),
                    "project: shop\nstorage: %1$s/.leat\nstate: %1$s/.leat/state.db\n".formatted(project.root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandRun run = project.run("run", "-q");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        copy(project.root, project.kept);
        return project;
    }

    Path root() {
        return root;
    }

    /** As it was after it had been loaded. */
    void restore() {
        remove(root);
        copy(kept, root);
    }

    CommandRun run(String... command) {
        return CommandRun.in(root, command);
    }

    SoundProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Evidence evidence() {
        return Evidence.of(root.resolve(".leat"), new Place(observer, "dev", Map.of(), Map.of()));
    }

    Evidence evidenceOfFiles() {
        return Evidence.ofFiles(root.resolve(".leat"));
    }

    /** The first file under the lake whose name ends so, for instance {@code .parquet}. */
    Path lakeFile(String table, String ending) {
        try (Stream<Path> all = Files.walk(root.resolve(".leat"))) {
            return all.filter(file -> file.toString().contains("/" + table + "/"))
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each));
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    // with the time: a source file is read again when it has another one
                    Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inside = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : inside) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
