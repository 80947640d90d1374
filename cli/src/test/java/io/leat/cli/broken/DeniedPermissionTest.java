package io.leat.cli.broken;

import static io.leat.cli.broken.Breakage.breakage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files and folders that may not be read or written. Skipped where everything may be, for root without setpriv. */
class DeniedPermissionTest {
    private static final String NOTHING = "---------";
    private static final String NO_WRITING = "r-xr-xr-x";

    @TempDir
    static Path folder;

    private static SoundProject project;
    private static @Nullable OrdinaryProcess process;

    @BeforeAll
    static void load() throws Exception {
        project = SoundProject.in(folder);
        process = OrdinaryProcess.start(folder).orElse(null);
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"reading", "writing"})
    void isToldWithThePathAndChangesNothing(Breakage breakage) throws IOException {
        OrdinaryProcess ordinary = process;
        assumeTrue(ordinary != null, "permissions do not hold for this user, and setpriv cannot make them");
        breakage.requireOn(project, words -> {
            try {
                return ordinary.run(project.root(), words);
            } finally {
                allow(project.root());
            }
        });
    }

    static List<Breakage> reading() {
        return List.of(
                denied("a source file", "data/sales.csv", NOTHING)
                        .fails(1, "E403")
                        .saying("the file data/sales.csv may not be read", "the right to read it"),
                denied("a folder of source files", "data", NOTHING)
                        .fails(1, "E403", "E403")
                        .saying("the folder data may not be read", "the right to read it"),
                denied("a pipeline", "pipelines/sales.yaml", NOTHING)
                        .fails(3, "E109")
                        .saying("pipelines/sales.yaml: the file may not be read", "check its permissions"),
                denied("the folder of pipelines", "pipelines", NOTHING)
                        .fails(3, "E109")
                        .saying("pipelines: the folder may not be read", "check its permissions"),
                denied("a model", "models/gold/totals.sql", NOTHING)
                        .fails(3, "E109")
                        .saying("models/gold/totals.sql: the file may not be read", "check its permissions"),
                denied("a folder of models", "models/gold", NOTHING)
                        .fails(3, "E109")
                        .saying("models/gold: the folder may not be read", "check its permissions"),
                denied("leat.yaml", "leat.yaml", NOTHING)
                        .fails(3, "E109")
                        .saying("leat.yaml: the file may not be read", "check its permissions"),
                breakage(".env")
                        .file(".env", "A=1\n")
                        .by(broken -> permit(broken.root().resolve(".env"), NOTHING))
                        .fails(3, "E109")
                        .saying(".env: the file may not be read", "check its permissions"),
                denied("the state store", ".leat/state.db", NOTHING)
                        .fails(1, "E207")
                        .saying("the state store cannot be read and written by this user"),
                breakage("a file of the lake")
                        .by(broken -> permit(broken.lakeFile("sales", ".parquet"), NOTHING))
                        .running("query", "FROM bronze.sales")
                        .fails(1, "E403")
                        .saying("the data file", "of bronze.sales", "may not be read"),
                breakage("a file of the lake's metadata")
                        .by(broken -> permit(broken.lakeFile("sales", ".metadata.json"), NOTHING))
                        .running("query", "FROM bronze.sales")
                        .fails(1, "E403")
                        .saying("may not read", "bronze/sales/metadata"));
    }

    static List<Breakage> writing() {
        return List.of(
                denied("the folder of the state store", ".leat", NO_WRITING)
                        .fails(1, "E207")
                        .saying("the folder of the state store cannot be written", "Set `state:`"),
                denied("the state store", ".leat/state.db", NO_WRITING)
                        .fails(1, "E207")
                        .saying("the state store cannot be read and written by this user"),
                breakage("the folder of a table")
                        .file("data/sales.csv", "id,country,amount\n3,DE,30\n")
                        .by(broken -> permit(
                                broken.lakeFile("sales", ".parquet").getParent().getParent(), NO_WRITING))
                        .running("run", "sales")
                        .fails(1, "E403")
                        .saying("may not", "bronze/sales/data"),
                breakage("the folder of a table's metadata")
                        .file("data/sales.csv", "id,country,amount\n3,DE,30\n")
                        .by(broken -> permit(
                                broken.lakeFile("sales", ".metadata.json").getParent(), NO_WRITING))
                        .running("run", "sales")
                        .fails(1, "E403")
                        .saying("may not", "bronze/sales/metadata"),
                denied("the folder of logs", ".leat/logs", NO_WRITING)
                        .fails(1, "E403")
                        .saying("may not write", ".leat/logs"),
                denied("the folder for a new project", ".", NO_WRITING)
                        .running("init", "new")
                        .fails(1, "E403")
                        .saying("may not create", "new"),
                denied("the folder for a new pipeline", "pipelines", NO_WRITING)
                        .file("data/more.csv", "a,b\n1,2\n")
                        .running("add", "data/more.csv")
                        .fails(1, "E403")
                        .saying("may not", "pipelines"));
    }

    private static Breakage denied(String what, String path, String permissions) {
        return breakage(what + " that is " + permissions)
                .by(broken -> permit(broken.root().resolve(path), permissions));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** So that the evidence can be gathered, and the project put back, by whoever runs the tests. */
    private static void allow(Path root) {
        try {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Path each : List.of(root.resolve("data"), root.resolve("pipelines"), root.resolve("models/gold"))) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            try (Stream<Path> all = Files.walk(root)) {
                for (Path each : all.toList()) {
                    Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
