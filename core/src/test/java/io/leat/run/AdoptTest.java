package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leat.lake.LocalFileIO;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that another program made, with Leat's own client for it: any engine that speaks Iceberg. */
class AdoptTest {

    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "day", Types.DateType.get()));
    private static final String ROWS = "SELECT id FROM bronze.trips ORDER BY id";

    @TempDir
    Path folder;

    private TestProject project() {
        return TestProject.in(folder).file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/*.csv }
                        columns: { id: { type: integer } }
                        target: { table: bronze.trips }
                        """).file("data/1.csv", "id\n10\n20\n");
    }

    private Path inTheLake() {
        return folder.resolve(".leat/" + TestProject.ENVIRONMENT + "/lake/bronze/trips");
    }

    private void table(PartitionSpec partitions, Path place) throws SQLException, IOException {
        try (var catalog = new JdbcCatalog()) {
            catalog.initialize(
                    "test",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve(".leat/state.db"),
                            "warehouse",
                            folder.resolve("elsewhere").toString(),
                            "io-impl",
                            LocalFileIO.class.getName(),
                            "jdbc.schema-version",
                            "V1"));
            if (!catalog.namespaceExists(Namespace.of("bronze"))) {
                catalog.createNamespace(Namespace.of("bronze"));
            }
            var table = catalog.buildTable(TableIdentifier.of("bronze", "trips"), SCHEMA)
                    .withPartitionSpec(partitions)
                    .withLocation(place.toString())
                    .create();
            if (partitions.isUnpartitioned()) {
                Path file = folder.resolve("theirs.parquet");
                try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                        var statement = duck.createStatement()) {
                    statement.execute("COPY (SELECT CAST(1 AS BIGINT) AS id, DATE '2024-01-01' AS day) TO '" + file
                            + "' (FORMAT parquet, FIELD_IDS {id: 1, day: 2})");
                }
                table.newAppend()
                        .appendFile(DataFiles.builder(partitions)
                                .withPath(file.toString())
                                .withFileSizeInBytes(Files.size(file))
                                .withRecordCount(1)
                                .withFormat("PARQUET")
                                .build())
                        .commit();
            }
        }
    }

    @Test
    void aTableThatAnotherProgramMadeIsWrittenToOnceItIsAdoptedAndItsRowsStay() throws Exception {
        TestProject project = project();
        project.ask(leat -> leat.state().storeId());
        table(PartitionSpec.unpartitioned(), inTheLake());
        assertThat(node(project.run(), "trips").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.NOT_LEATS_TABLE));

        Map<String, String> adopted =
                project.ask(leat -> leat.chores().adopt(leat.project().dag().nodes()));

        assertThat(adopted).containsOnlyKeys("bronze.trips");
        project.ask(leat -> leat.interventions().retry(List.of("trips")));
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query(ROWS)).containsExactly("1", "10", "20");
        project.file("data/1.csv", "id\n10\n30\n");
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query(ROWS)).containsExactly("1", "10", "30");
        assertThat(project.<Map<String, String>>ask(
                        leat -> leat.chores().adopt(leat.project().dag().nodes())))
                .isEmpty();
        List<AuditEntry> log =
                project.ask(leat -> leat.state().auditLog(leat.project().environment(), 10, 0));
        assertThat(log).extracting(AuditEntry::action).contains("adopt");
    }

    @Test
    void aTableThatIsPartitionedInAnotherWayIsNot() throws Exception {
        TestProject project = project();
        project.ask(leat -> leat.state().storeId());
        table(PartitionSpec.builderFor(SCHEMA).identity("day").build(), inTheLake());

        assertThat(catchThrowableOfType(
                                PipelineException.class,
                                () -> project.ask(leat ->
                                        leat.chores().adopt(leat.project().dag().nodes())))
                        .code())
                .isEqualTo(ErrorCode.UNSUPPORTED_TABLE);
    }

    @Test
    void aTableWhoseFilesLieOutsideTheLakeIsNot() throws Exception {
        TestProject project = project();
        project.ask(leat -> leat.state().storeId());
        table(PartitionSpec.unpartitioned(), folder.resolve("elsewhere/bronze/trips"));

        var refusal = catchThrowableOfType(
                PipelineException.class,
                () -> project.ask(
                        leat -> leat.chores().adopt(leat.project().dag().nodes())));

        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_DATA_FILE);
        assertThat(refusal.message()).contains("elsewhere/bronze/trips");
    }
}
