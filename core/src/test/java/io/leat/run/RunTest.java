package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.leat.name.ErrorCode;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Record;
import io.leat.state.Status;
import io.leat.state.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline without windows, from files to the lake, run after run. */
class RunTest {

    private static final String SALES = """
            pipeline: sales
            source: { files: data/sales*.csv }
            columns:
              id: { type: integer, required: true }
              country: { type: string, pattern: "[A-Z]{2}" }
              amount: { type: "decimal(10,2)" }
            checks:
              - unique: [id]
            target: { table: bronze.sales }
            """;
    private static final String ROWS = """
            id,country,amount
            1,NL,10.50
            2,BE,0.99
            3,xx,5
            4,DE,many
            5,FR,7
            """;

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder).file("pipelines/sales.yaml", SALES).file("data/sales.csv", ROWS);
    }

    @Test
    void loadsRowsAndAccountsForEach() {
        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(node(report, "sales").counts()).isEqualTo(new Counts(5, 3, 2, 0, 0, 0));
        assertThat(project.query("SELECT id, country, amount FROM bronze.sales ORDER BY id"))
                .containsExactly("1|NL|10.50", "2|BE|0.99", "5|FR|7.00");
        Record record = project.record("sales");
        assertThat(record.status()).isEqualTo(Status.COMPLETED);
        assertThat(record.targetCount()).isEqualTo(3);
        assertThat(project.loads("sales")).singleElement().satisfies(load -> {
            assertThat(load.rows()).isEqualTo(3);
            assertThat(load.rejected()).isEqualTo(2);
        });
    }

    @Test
    void skipsWithAReasonWhatIsThereAndWritesNothing() {
        project.run();
        String version = project.version("bronze.sales");
        Record record = project.record("sales");

        RunReport second = project.run();

        assertThat(second.exitCode()).isZero();
        assertThat(node(second, "sales").idle()).isEqualTo("skipped: 3 rows in source and target, same checksum");
        assertThat(project.version("bronze.sales")).isEqualTo(version);
        assertThat(project.generations("sales")).containsExactly(record);
    }

    @Test
    void loadsAChangedFileAgainAsTheNextGeneration() {
        project.run();
        project.file("data/sales.csv", "id,country,amount\n1,NL,11\n9,LU,1\n");

        RunReport second = project.run();

        assertThat(second.exitCode()).isZero();
        assertThat(project.query("SELECT * FROM bronze.sales ORDER BY id")).containsExactly("1|NL|11.00", "9|LU|1.00");
        assertThat(project.generations("sales"))
                .extracting(Record::generation, Record::status)
                .containsExactly(tuple(1, Status.SUPERSEDED), tuple(2, Status.COMPLETED));
    }

    @Test
    void aFileMoreOrLessIsAChange() {
        project.run();
        project.file("data/sales_2.csv", "id,country,amount\n6,GB,6\n");
        project.run();
        assertThat(project.query("SELECT count(*) FROM bronze.sales")).containsExactly("4");
        project.without("data/sales.csv");
        project.run();
        assertThat(project.query("SELECT id FROM bronze.sales")).containsExactly("6");
    }

    @Test
    void loadsAgainWhenItsColumnsChange() {
        project.run();
        project.file("pipelines/sales.yaml", SALES.replace("\"[A-Z]{2}\"", "\"[A-Za-z]{2}\""));

        project.run();

        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("1", "2", "3", "5");
        assertThat(project.record("sales").generation()).isEqualTo(2);
    }

    @Test
    void aDescriptionOrAnotherFormIsNoChange() {
        project.run();
        String version = project.version("bronze.sales");
        project.file(
                "pipelines/sales.yaml",
                """
                # all sales
                description: What was sold
                owner: somebody
                tags: [a, b]
                """ + SALES.replace("source: { files: data/sales*.csv }", "source:\n  files: data/sales*.csv"));

        assertThat(node(project.run(), "sales").idle()).startsWith("skipped");
        assertThat(project.version("bronze.sales")).isEqualTo(version);
    }

    @Test
    void aFailingCheckKeepsEverythingOutOfSightAndOldRowsVisible() {
        project.file("models/gold/totals.sql", """
                MODEL (name gold.totals, kind FULL);
                SELECT country, sum(amount) AS amount FROM bronze.sales GROUP BY country
                """);
        project.run();
        String version = project.version("bronze.sales");
        String rejects = "SELECT count(*) FROM leat.rejects";
        assertThat(project.query(rejects)).containsExactly("2");

        project.file("data/sales.csv", "id,country,amount\n1,NL,1\n1,NL,2\n7,zz,3\n");
        RunReport failed = project.run();

        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(node(failed, "sales").failed()).isEqualTo(1);
        assertThat(node(failed, "gold.totals").idle()).isEqualTo("waiting: sales failed");
        assertThat(project.record("sales")).satisfies(record -> {
            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(record.errorCode()).isEqualTo(ErrorCode.CHECK_FAILED);
            assertThat(record.reason()).contains("unique_id");
        });
        assertThat(project.version("bronze.sales")).isEqualTo(version);
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("1", "2", "5");
        assertThat(project.query(rejects))
                .as("rejects of the load that readers see")
                .containsExactly("2");

        project.file("data/sales.csv", "id,country,amount\n1,NL,1\n2,NL,2\n");
        RunReport mended = project.run();
        assertThat(mended.exitCode()).isZero();
        assertThat(project.query("SELECT * FROM gold.totals")).containsExactly("NL|3.00");
        assertThat(project.query(rejects)).containsExactly("0");
    }

    @Test
    void aFailureIsTriedAgainByTheNextRun() {
        project.file("data/sales.csv", "id,country,amount\n1,NL,1\n1,NL,2\n");
        assertThat(project.run().exitCode()).isEqualTo(4);
        assertThat(project.query("SELECT count(*) FROM information_schema.tables WHERE table_name = 'sales'"))
                .containsExactly("0");

        RunReport second = project.run();

        assertThat(second.exitCode()).as("the same data fail again").isEqualTo(4);
        assertThat(project.record("sales").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aCheckThatWarnsLetsRowsThrough() {
        project.file(
                "pipelines/sales.yaml",
                SALES.replace(
                        "- unique: [id]",
                        "- { unique: [id], severity: warn }\n  - { rejects: { max: 1 }, severity: warn }"));
        project.file("data/sales.csv", ROWS + "1,NL,1\n");

        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(project.query("SELECT count(*) FROM bronze.sales")).containsExactly("4");
        Record record = project.record("sales");
        List<CheckResult> checks = project.ask(leat -> leat.state().checks(record.id()));
        assertThat(checks).extracting(CheckResult::verdict).containsExactly(Verdict.WARN, Verdict.WARN);
    }

    @Test
    void rejectsAreSeenUnderTheirLoadAndGoneWhenTheSourceIsCorrected() {
        project.run();
        assertThat(
                        project.query(
                                "SELECT pipeline, slice, file, record, \"column\", code, value, load_id FROM leat.rejects ORDER BY record"))
                .containsExactly(
                        "sales|all|data/sales.csv|3|country|PATTERN|xx|"
                                + project.loads("sales").getFirst().loadId(),
                        "sales|all|data/sales.csv|4|amount|TYPE|many|"
                                + project.loads("sales").getFirst().loadId());
        project.file("data/sales.csv", ROWS.replace("many", "4").replace("xx", "XX"));
        project.run();
        assertThat(project.query("SELECT count(*) FROM leat.rejects")).containsExactly("0");
        assertThat(project.query("SELECT count(*) FROM bronze.sales")).containsExactly("5");
    }

    @Test
    void appendAddsEveryChangeOnce() {
        project.file("pipelines/sales.yaml", SALES.replace("bronze.sales }", "bronze.sales, write: append }"));
        project.run();
        project.run();
        assertThat(project.query("SELECT count(*) FROM bronze.sales")).containsExactly("3");
        project.file("data/sales.csv", "id,country,amount\n9,LU,1\n");
        RunReport appended = project.run();
        assertThat(appended.exitCode()).isZero();
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("1", "2", "5", "9");
        assertThat(node(project.run(), "sales").idle()).startsWith("skipped");
        assertThat(project.query("SELECT count(*) FROM bronze.sales")).containsExactly("4");
    }

    @Test
    void twoPipelinesInOneTableDoNotTouchEachOthersRows() {
        project.file(
                        "pipelines/other.yaml",
                        SALES.replace("pipeline: sales", "pipeline: other").replace("data/sales*", "data/other*"))
                .file("data/other.csv", "id,country,amount\n1,NL,100\n");
        project.run();
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY ALL")).containsExactly("1", "1", "2", "5");

        project.file("data/sales.csv", "id,country,amount\n8,NL,8\n");
        RunReport second = project.run();

        assertThat(node(second, "other").idle()).startsWith("skipped");
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY ALL")).containsExactly("1", "8");
        project.file("data/other.csv", "id,country,amount\n");
        project.run();
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY ALL")).containsExactly("8");
    }

    @Test
    void twoPipelinesFillAndReadInOneRunWhateverTheOrderOfTheirNames() {
        project.file("pipelines/a_first.yaml", """
                pipeline: a_first
                source: { files: data/a.csv }
                steps:
                  - enrich: { with: bronze.sales, match: { id: id }, add: [country] }
                target: { table: bronze.enriched }
                """).file("data/a.csv", "id,what\n1,one\n4,four\n");

        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(project.query("SELECT what, country FROM bronze.enriched ORDER BY what"))
                .containsExactly("four|null", "one|NL");
    }
}
