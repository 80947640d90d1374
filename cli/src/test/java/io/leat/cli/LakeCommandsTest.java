package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with the lake, through the program. */
class LakeCommandsTest {
    private static final String ROWS = "SELECT * FROM bronze.sales ORDER BY ALL";

    @TempDir
    Path folder;

    private SampleProject project;
    private String rows;

    @BeforeEach
    void load() {
        project = SampleProject.in(folder.resolve("project"));
        project.data("run", "-q");
        rows = project.data("query", ROWS);
    }

    @Test
    void recoverEntersTheTablesIntoANewStoreWhenTheOldOneIsLost() throws IOException {
        for (String file : List.of("state.db", "state.db-wal", "state.db-shm")) {
            Files.deleteIfExists(project.root().resolve(".leat").resolve(file));
        }
        CommandRun lost = project.run("query", ROWS);
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.messages()).contains("E401", "`leat lake recover`");

        assertThat(project.json("lake", "recover"))
                .extracting(row ->
                        row.path("table").asString() + " " + row.path("result").asString())
                .containsExactlyInAnyOrder("bronze.sales ok", "bronze.trips ok", "gold.totals ok", "leat.rejects ok");

        assertThat(project.data("query", ROWS)).as("what readers see").isEqualTo(rows);
        assertThat(project.run("lake", "recover").messages()).contains("nothing to recover");
        CommandRun run = project.run("run");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(project.data("query", ROWS))
                .as("every slice replaced its own rows")
                .isEqualTo(rows);
        assertThat(project.run("run").messages()).contains("nothing to do");
    }

    @Test
    void recoverSaysOfWhichTableItCouldNotBeDone() throws IOException {
        for (String file : List.of("state.db", "state.db-wal", "state.db-shm")) {
            Files.deleteIfExists(project.root().resolve(".leat").resolve(file));
        }
        Files.writeString(file("bronze/sales/metadata", ".metadata.json"), "{");

        CommandRun run = project.run("lake", "recover");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.data())
                .contains("failed", "of bronze.sales cannot be read")
                .contains("ok");
    }

    @Test
    void relocateMakesTablesReadableAtAnotherPlace() throws IOException {
        Path moved = Files.move(project.root(), folder.resolve("moved"));
        var there = new SampleProject(moved);
        assertThat(there.run("query", ROWS).messages()).contains("E404", "`leat lake relocate`");

        assertThat(there.json("lake", "relocate"))
                .extracting(row -> row.path("table").asString())
                .contains("bronze.sales", "gold.totals");

        assertThat(there.data("query", ROWS)).isEqualTo(rows);
        assertThat(there.run("lake", "relocate").messages()).contains("every table lies where it is expected");
        assertThat(there.run("run").messages()).contains("nothing to do");
    }

    @Test
    void maintainDeletesWhatNothingRefersToAndKeepsTheRows() throws IOException {
        project.file("data/sales.csv", "id,country,amount\n7,DE,70\n");
        project.data("run", "-q");
        String newRows = project.data("query", ROWS);
        long before = files();

        CommandRun young = project.run("lake", "maintain");
        assertThat(young.messages()).contains("deleted 0 files");

        Path stray = Files.writeString(file("bronze/sales/data", ".parquet").resolveSibling("stray.parquet"), "x");
        CommandRun maintained = project.run("lake", "maintain", "--margin", "0s");
        assertThat(maintained.exitCode()).as(maintained.messages()).isZero();
        assertThat(maintained.messages()).contains("deleted 1 file");
        assertThat(stray).doesNotExist();
        assertThat(files()).as("versions that readers may still use stay").isEqualTo(before);
        assertThat(project.data("query", ROWS)).isEqualTo(newRows);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(project.root().resolve(".leat"))) {
            return all.filter(file -> file.toString().contains("/lake/"))
                    .filter(Files::isRegularFile)
                    .count();
        }
    }

    private Path file(String inside, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(project.root().resolve(".leat"))) {
            return all.filter(file -> file.toString().contains("/" + inside + "/"))
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }
}
