package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.state.Cause;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of a lake, a source or a table's columns that are no longer what they were. */
class RunRecoveryTest {

    private static final String SALES = """
            pipeline: sales
            source: { files: data/sales.csv }
            columns: { id: { type: integer }, amount: { type: integer } }
            target: { table: bronze.sales }
            """;

    private static final String THREE_ROWS = "id,amount\n1,10\n2,20\n3,30\n";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/sales.yaml", SALES)
                .file("data/sales.csv", "id,amount\n1,10\n2,20\n")
                .file(
                        "models/gold/total.sql",
                        "MODEL (name gold.total, kind FULL);\nSELECT sum(amount) AS amount FROM bronze.sales");
    }

    @Test
    void rowsThatVanishedFromTheTableAreLoadedAgain() {
        project.run();
        String older = project.version("bronze.sales");
        project.file("data/sales.csv", THREE_ROWS).run();
        project.rollBack("bronze.sales", older);

        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(project.record("sales").generation()).isEqualTo(3);
    }

    @Test
    void aDataFileThatIsMissingIsNamed() throws IOException {
        project.run();
        Path file = project.table("bronze.sales").files().getFirst();
        Files.delete(file);

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(node(report, "sales").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).isEqualTo(ErrorCode.MISSING_DATA_FILE);
            assertThat(failure.reason()).contains(file.getFileName().toString());
        });
    }

    @Test
    void aTableThatHoldsSomethingElseThanTheLedgerIsQuarantinedAndNothingIsBuiltOnIt() throws Exception {
        project.run();
        String older = project.version("bronze.sales");
        project.file("data/sales.csv", THREE_ROWS);
        int code = RunProcess.in(folder).run(project.root(), "-D" + FaultPoint.PROPERTY + "=lake.committed:1:crash");
        assertThat(code).isEqualTo(RunProcess.KILLED);
        project.rollBack("bronze.sales", older);

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(4);
        Record record = project.record("sales");
        assertThat(record.status()).isEqualTo(Status.FAILED);
        assertThat(record.errorCode()).isEqualTo(ErrorCode.INTEGRITY);
        assertThat(record.reason()).isEqualTo("the ledger says 3 rows, readers see 2");
        assertThat(project.loads("sales")).extracting(Load::quarantine).doesNotContainNull();
        assertThat(node(report, "gold.total").idle()).isEqualTo("waiting: sales failed");
        RunReport models = project.run(new RunRequest(Selection.ALL, Scope.EVERYTHING, Optional.of(Node.Kind.MODEL)));
        assertThat(node(models, "gold.total").idle()).contains("waiting: bronze.sales");
        assertThat(project.query("SELECT amount FROM gold.total")).containsExactly("30");

        assertThat(project.run().exitCode()).as("nothing is tried").isZero();
        assertThat(project.query("SELECT amount FROM gold.total")).containsExactly("30");
        RunReport restored =
                project.ask(leat -> leat.run(leat.interventions().restore(List.of("sales@all")), RunListener.SILENT));
        assertThat(node(restored, "sales").loaded()).isEqualTo(1);
        assertThat(project.record("sales").cause()).isEqualTo(Cause.RESTORE);
        assertThat(project.loads("sales")).extracting(Load::quarantine).containsOnlyNulls();
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query("SELECT amount FROM gold.total")).containsExactly("60");
    }

    @Test
    void newColumnsAreAddedAndMissingOnesRefused() {
        project.run();
        project.file("data/sales.csv", "id,amount,country\n1,10,NL\n");
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query("SELECT * FROM bronze.sales")).containsExactly("1|10|NL");

        project.file("data/sales.csv", "id\n1\n");
        RunReport missing = project.run();
        assertThat(missing.exitCode()).isEqualTo(4);
        assertThat(node(missing, "sales").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.CONTRACT));
        assertThat(project.query("SELECT * FROM bronze.sales")).containsExactly("1|10|NL");
    }

    @Test
    void aTypeBecomesWiderButNeverAnotherOne() {
        project.file("pipelines/sales.yaml", SALES.replace("amount: { type: integer }", "amount: { type: int16 }"));
        project.run();
        project.file("pipelines/sales.yaml", SALES).file("data/sales.csv", "id,amount\n1,3000000000\n");
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query("SELECT * FROM bronze.sales")).containsExactly("1|3000000000");

        project.file(
                "pipelines/sales.yaml",
                SALES.replace("amount: { type: integer }", "amount: { type: \"decimal(20,2)\" }"));
        RunReport refused = project.run();
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(node(refused, "sales").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).isEqualTo(ErrorCode.CONTRACT);
            assertThat(failure.reason()).contains("amount", "integer", "decimal(20,2)");
        });
        assertThat(project.query("SELECT * FROM bronze.sales")).containsExactly("1|3000000000");
    }

    @Test
    void aChangedReferenceMakesWhatLooksItUpDue() {
        project.file("pipelines/enriched.yaml", """
                        pipeline: enriched
                        source: { files: data/sales.csv }
                        steps:
                          - enrich: { with: data/names.csv, match: { id: id }, add: [name] }
                          - enrich: { with: reference.more, match: { id: id }, add: [more] }
                        target: { table: bronze.enriched }
                        """)
                .file(
                        "pipelines/more.yaml",
                        "pipeline: more\nsource: { files: data/more.csv }\ntarget: { table: reference.more }\n")
                .file("data/names.csv", "id,name\n1,one\n")
                .file("data/more.csv", "id,more\n2,two\n");
        String rows = "SELECT id, name, more FROM bronze.enriched ORDER BY id";
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query(rows)).containsExactly("1|one|null", "2|null|two");
        assertThat(node(project.run(), "enriched").idle()).startsWith("skipped");

        project.file("data/names.csv", "id,name\n1,eins\n");
        assertThat(node(project.run(), "enriched").loaded()).isEqualTo(1);
        assertThat(project.query(rows)).containsExactly("1|eins|null", "2|null|two");

        project.file("data/more.csv", "id,more\n2,zwei\n");
        assertThat(node(project.run(), "enriched").loaded()).isEqualTo(1);
        assertThat(project.query(rows)).containsExactly("1|eins|null", "2|null|zwei");

        project.file("data/more.csv", "id,more\n2,zwei\n2,drei\n");
        RunReport ambiguous = project.run();
        assertThat(node(ambiguous, "enriched").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.AMBIGUOUS_LOOKUP));
        assertThat(project.query(rows)).as("old rows stay").containsExactly("1|eins|null", "2|null|zwei");
    }

    @Test
    void aSourceThatIsNotThereIsNamed() {
        project.without("data/sales.csv");
        RunReport report = project.run();
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(node(report, "sales").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).isEqualTo(ErrorCode.SOURCE_MISSING);
            assertThat(failure.reason()).contains("data/sales.csv");
        });
        project.file("data/sales.csv", "id,amount\n1,1\n");
        assertThat(project.run().exitCode()).isZero();
    }
}
