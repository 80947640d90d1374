package io.leat.cli.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that look as if they were broken, and must work: names with blanks, quotes and letters of any language; links. */
class UnusualPlacesTest {
    private static final String SALES = """
            pipeline: sales
            source: { files: "dåta 1/*.csv" }
            columns: { "Größe": { type: integer, min: 1 }, "it's": { type: string } }
            target: { table: bronze.sales }
            """;

    @TempDir
    Path folder;

    @Test
    void aProjectInAFolderWithBlanksQuotesAndLettersOfAnyLanguageWorksAltogether() throws IOException {
        Path root = folder.resolve("Käufe 'und' \"mehr\" (1) 数据");
        write(root);

        works(root, "validate");
        CommandRun run = works(root, "run");
        assertThat(run.messages()).contains("2 slices loaded");
        assertThat(works(root, "run").messages()).contains("nothing to do");
        assertThat(works(root, "query", "SELECT \"it's\" FROM bronze.sales ORDER BY ALL")
                        .data())
                .contains("é", "ok");
        assertThat(works(root, "rejects").data()).contains("dåta 1/ü b.csv", "RANGE");
        assertThat(works(root, "why", "sales@all").data()).contains("dåta 1/*.csv");
        for (String command : List.of("status", "ls", "models", "catalog", "logs", "doctor")) {
            works(root, command);
        }
        works(root, "lake", "maintain");
        works(root, "lake", "recover");
        works(root, "lake", "relocate");
        Files.writeString(root.resolve("ñew.csv"), "a;b\n1;2\n");
        assertThat(works(root, "add", "ñew.csv", "--name", "fresh").data()).contains("pipelines/fresh.yaml");
        assertThat(works(root, "run", "fresh").messages()).contains("1 slice loaded");
    }

    @Test
    void aProjectThatWasMovedWorksAfterItsLakeWasRelocated() throws IOException {
        Path root = folder.resolve("here");
        write(root);
        works(root, "run");
        Path moved = Files.move(root, folder.resolve("now there, ünd 'so'"));

        CommandRun lost = CommandRun.in(moved, "query", "FROM bronze.sales");
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.messages()).contains("E404", "leat lake relocate");

        assertThat(works(moved, "lake", "relocate").data()).contains("bronze.sales");
        assertThat(works(moved, "query", "FROM bronze.sales").data()).contains("é");
        assertThat(works(moved, "run").messages()).contains("nothing to do");
    }

    @Test
    void linksAreFollowed() throws IOException {
        Path root = folder.resolve("project");
        write(root);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (String inside : List.of("dåta 1", "pipelines/sales.yaml", "models/gold/sizes.sql")) {
            Path target = elsewhere.resolve(Path.of(inside).getFileName());
            Files.move(root.resolve(inside), target);
            Files.createSymbolicLink(root.resolve(inside), target);
        }
        Files.createSymbolicLink(root.resolve("pipelines/loop"), Path.of("."));
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);

        assertThat(works(link, "run").messages()).contains("2 slices loaded");
        assertThat(works(root, "run").messages()).contains("nothing to do");
        assertThat(works(folder, "query", "FROM gold.sizes", "--project", "link")
                        .data())
                .contains("2");
    }

    @Test
    void aProjectWithoutAnythingSaysWhatToDo() throws IOException {
        works(folder, "init", "fresh");
        Path root = folder.resolve("fresh");

        assertThat(works(root, "validate").data()).contains("valid: 0 pipelines, 0 models");
        assertThat(works(root, "run").messages()).contains("nothing to do", "`leat add FILE`");
        assertThat(works(root, "query", "SELECT 1 AS one", "-o", "csv").data()).contains("1");
        for (String command : List.of("status", "ls", "models", "catalog", "rejects", "logs", "doctor")) {
            works(root, command);
        }
    }

    private static void write(Path root) throws IOException {
        Files.createDirectories(root.resolve("pipelines"));
        Files.createDirectories(root.resolve("models/gold"));
        Files.createDirectories(root.resolve("dåta 1"));
        Files.writeString(root.resolve("leat.yaml"), "project: shop\ndefaults: { memory: 256MB, threads: 2 }\n");
        Files.writeString(root.resolve("pipelines/sales.yaml"), SALES);
        Files.writeString(
                root.resolve("models/gold/sizes.sql"),
                "MODEL (name gold.sizes, kind FULL);\nSELECT count(*) AS n FROM bronze.sales\n");
        Files.writeString(root.resolve("dåta 1/a 'b'.csv"), "Größe,it's\n1,é\n");
        Files.writeString(root.resolve("dåta 1/ü b.csv"), "Größe,it's\n2,ok\n-1,no\n");
    }

    private static CommandRun works(Path root, String... command) {
        CommandRun run = CommandRun.in(root, command);
        assertThat(run.exitCode())
                .as(String.join(" ", command) + ": " + run.messages() + run.data())
                .isZero();
        return run;
    }
}
