package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.leat.config.ProblemsException;
import io.leat.name.ErrorCode;
import io.leat.state.Counts;
import io.leat.state.Load;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines whose table is made of the changes that they load. */
class RunFoldTest {

    private static final String CUSTOMERS = """
            pipeline: customers
            source: { files: data/customers-*.csv }
            window: { column: updated_at, every: 1d, start: 2024-01-01, end: 2024-01-05 }
            columns:
              id: { type: integer }
              name: { type: string }
              op: { type: string }
              updated_at: { type: local_timestamp, required: true }
            target: { table: silver.customers, write: merge, key: id, order: updated_at, delete_when: "op = 'D'" }
            """;
    private static final String ROWS = "SELECT id, name FROM silver.customers ORDER BY id";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/customers.yaml", CUSTOMERS)
                .file("data/customers-1.csv", """
                        id,name,op,updated_at
                        1,Ada,I,2024-01-01 10:00:00
                        2,Bob,I,2024-01-01 11:00:00
                        ,Nobody,I,2024-01-01 12:00:00
                        3,Cem,I,2024-01-02 09:00:00
                        1,Ada L.,U,2024-01-03 10:00:00
                        2,Bob,D,2024-01-03 10:00:00
                        """);
    }

    @Test
    void readersSeeTheNewestChangeOfEachKey() {
        RunReport report = project.run();

        assertThat(report.exitCode()).as("%s", report).isZero();
        assertThat(node(report, "customers").counts()).isEqualTo(new Counts(6, 5, 1, 0, 0, 0));
        assertThat(project.query(ROWS)).containsExactly("1|Ada L.", "3|Cem");
        assertThat(project.query("SELECT record, step, \"column\", code, reason FROM leat.rejects"))
                .containsExactly("3|target|id|NO_KEY|the column id has no value, so the row has no key");
        assertThat(project.loads("customers"))
                .allSatisfy(load -> assertThat(load.target()).isEqualTo("silver.customers"))
                .filteredOn(load -> load.windowStart() != null)
                .extracting(Load::rows)
                .containsExactly(2L, 1L, 2L, 0L);
        assertThat(node(project.run(), "customers").idle()).startsWith("up to date");
    }

    @Test
    void changesBearTheirOrigin() {
        project.run();

        assertThat(project.query("""
                        SELECT id, _leat_deleted, _leat_file, _leat_record, _leat_child, _leat_pipeline
                        FROM silver.customers__changes ORDER BY _leat_record"""))
                .containsExactly(
                        "1|false|data/customers-1.csv|1|null|customers",
                        "2|false|data/customers-1.csv|2|null|customers",
                        "3|false|data/customers-1.csv|4|null|customers",
                        "1|false|data/customers-1.csv|5|null|customers",
                        "2|true|data/customers-1.csv|6|null|customers");
    }

    @Test
    void rowsThatComeLateOrAreTakenBackChangeWhatDependsOnThem() {
        project.run();
        project.file("data/customers-2.csv", """
                id,name,op,updated_at
                2,Bobby,U,2024-01-02 10:00:00
                4,Dee,I,2024-01-02 10:00:00
                3,Cem the older,I,2024-01-01 09:00:00
                """);
        assertThat(node(project.run(), "customers").loaded()).isEqualTo(2);
        assertThat(project.query(ROWS)).containsExactly("1|Ada L.", "3|Cem", "4|Dee");

        project.file("data/customers-1.csv", """
                id,name,op,updated_at
                1,Ada,I,2024-01-01 10:00:00
                """);
        project.run();

        assertThat(project.query(ROWS)).containsExactly("1|Ada", "2|Bobby", "3|Cem the older", "4|Dee");
    }

    @Test
    void aHistoryKeepsEveryVersion() {
        project.file("pipelines/customers.yaml", CUSTOMERS.replace("write: merge", "write: history"));
        project.run();

        assertThat(project.query("""
                        SELECT id, name, valid_from, valid_to, is_current FROM silver.customers ORDER BY id, valid_from"""))
                .containsExactly(
                        "1|Ada|2024-01-01 10:00:00.0|2024-01-03 10:00:00.0|false",
                        "1|Ada L.|2024-01-03 10:00:00.0|null|true",
                        "2|Bob|2024-01-01 11:00:00.0|2024-01-03 10:00:00.0|false",
                        "3|Cem|2024-01-02 09:00:00.0|null|true");
    }

    @Test
    void anotherWayToFoldTakesEffectWithTheNextRun() {
        project.run();
        project.file("pipelines/customers.yaml", CUSTOMERS.replace("write: merge", "write: history"));
        succeeds();
        assertThat(project.query("SELECT count(*) FROM silver.customers")).containsExactly("4");

        project.file("pipelines/customers.yaml", CUSTOMERS.replace("key: id", "key: name"));
        succeeds();
        assertThat(project.query(ROWS)).containsExactly("1|Ada", "1|Ada L.", "3|Cem", "null|Nobody");
        assertThat(project.query("SELECT count(*) FROM leat.rejects")).containsExactly("0");
    }

    @Test
    void aWholeSourceIsFoldedByThePlaceInItsFilesWhereNothingElseDecides() {
        project.file("pipelines/customers.yaml", """
                        pipeline: customers
                        source: { files: data/list-*.csv }
                        columns: { id: { type: integer }, name: { type: string } }
                        target: { table: silver.customers, write: merge, key: ID }
                        """)
                .file("data/list-1.csv", "id,name\n1,first\n1,second\n2,only\n3,overtaken\n")
                .file("data/list-2.csv", "id,name\n3,later file\n");
        succeeds();
        assertThat(project.query(ROWS)).containsExactly("1|second", "2|only", "3|later file");

        project.file("data/list-2.csv", "id,name\n2,again\n");
        project.run();

        assertThat(project.query(ROWS)).containsExactly("1|second", "2|again", "3|overtaken");
    }

    @Test
    void rowsOfOneRecordAreToldApartByTheirPlaceInIt() {
        project.file("pipelines/customers.yaml", """
                        pipeline: customers
                        source: { files: data/list-*.csv }
                        columns: { id: { type: integer }, a: { type: integer }, b: { type: integer } }
                        steps: [{ unpivot: { columns: [a, b] } }]
                        target: { table: silver.customers, write: merge, key: [id] }
                        """).file("data/list-1.csv", "id,a,b\n1,10,20\n2,30,\n,40,50\n");
        succeeds();

        assertThat(project.query("SELECT id, name, value FROM silver.customers ORDER BY id"))
                .containsExactly("1|b|20", "2|a|30");
        assertThat(project.query("SELECT record, code FROM leat.rejects")).containsExactly("3|NO_KEY");
    }

    @Test
    void twoPipelinesFoldIntoOneTable() {
        project.file(
                        "pipelines/other.yaml",
                        CUSTOMERS
                                .replace("pipeline: customers", "pipeline: other")
                                .replace("data/customers-", "data/other-"))
                .file("data/other-1.csv", """
                        id,name,op,updated_at
                        1,Countess,U,2024-01-02 10:00:00
                        3,Cem,D,2024-01-04 10:00:00
                        9,Ida,I,2024-01-01 00:00:00
                        """);
        succeeds();

        assertThat(project.query(ROWS)).containsExactly("1|Ada L.", "9|Ida");
    }

    @Test
    void aModelOfATableOfChangesIsLoadedAnewWhereverTheChangeWas() {
        project.file("models/gold/days.sql", """
                MODEL (name gold.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day), start '2024-01-01', cron '@daily');
                SELECT CAST(updated_at AS DATE) AS day, count(*) AS customers
                FROM silver.customers WHERE CAST(updated_at AS DATE) BETWEEN @start_date AND @end_date GROUP BY ALL
                """);
        project.run();
        String days = "SELECT * FROM gold.days ORDER BY day";
        assertThat(project.query(days)).containsExactly("2024-01-02|1", "2024-01-03|1");

        // the change of the fourth day takes a row from the second
        project.file("data/customers-2.csv", "id,name,op,updated_at\n3,Cem,U,2024-01-04 10:00:00\n");
        project.run();

        assertThat(project.query(days)).containsExactly("2024-01-03|1", "2024-01-04|1");
    }

    @Test
    void aColumnThatIsNewOrHasAnotherNameComesIntoBothTables() {
        project.run();
        project.file(
                        "pipelines/customers.yaml",
                        CUSTOMERS
                                .replace("name: {", "label: { from: name,")
                                .replace("key: id", "key: id, renamed: { label: name }"))
                .file("data/customers-2.csv", "id,name,op,updated_at,city\n4,Dee,I,2024-01-02 10:00:00,Rome\n");
        succeeds();

        assertThat(project.query("SELECT id, label, city FROM silver.customers ORDER BY id"))
                .containsExactly("1|Ada L.|null", "3|Cem|null", "4|Dee|Rome");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            key: id, order          | key: identity, order     | UNKNOWN_NAME | the rows have no column 'identity'
            order: updated_at       | order: updated_on        | UNKNOWN_NAME | did you mean 'updated_at'?
            delete_when: "op = 'D'" | delete_when: "opp = 'D'" | SQL_SYNTAX   | opp
            """)
    void whatTheRowsDoNotHaveIsNamedWithItsPlace(String from, String to, ErrorCode code, String message) {
        project.file("pipelines/customers.yaml", CUSTOMERS.replace(from, to));
        RunReport report = project.run();

        assertThat(node(report, "customers").failures()).isNotEmpty().allSatisfy(failure -> {
            assertThat(failure.error()).isEqualTo(code);
            assertThat(failure.reason()).contains("pipelines/customers.yaml:9:", message);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            op                | E104 | a condition is true or false
            random() < 0.5    | E115 | random
            """)
    void aConditionThatCertainlyIsWrongIsRefusedBeforeAnythingRuns(String condition, String code, String message) {
        project.file(
                "pipelines/customers.yaml",
                CUSTOMERS.replace("delete_when: \"op = 'D'\"", "delete_when: \"" + condition + "\""));
        refused(code, message);
    }

    @Test
    void aTableThatWasFilledInAnotherWayIsRefused() {
        project.file("pipelines/customers.yaml", CUSTOMERS.replaceAll("write: merge.*", "write: replace }"));
        project.run();
        project.file("pipelines/customers.yaml", CUSTOMERS);

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(node(report, "customers").failures().getFirst().reason())
                .contains("was filled without its changes being kept");
        assertThat(node(report, "customers").failures().getFirst().error()).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            write: merge                | E103 | `write: merge` needs 'key'
            write: history, key: id     | E103 | `write: history` needs 'order'
            key: id                     | E104 | 'key' has a meaning only with
            write: append, order: at    | E104 | 'order' has a meaning only with
            write: merge, key: [a, A]   | E104 | 'A' stands twice
            write: merge, key: a, order: a | E104 | a column of the key orders nothing
            """)
    void whatIsMissingOrTooMuchIsRefused(String target, String code, String message) {
        project.file("pipelines/customers.yaml", """
                pipeline: customers
                source: { files: data/list-*.csv }
                target: { table: silver.customers, %s }
                """.formatted(target));
        refused(code, message);
    }

    @Test
    void pipelinesOfOneTableFoldInOneWay() {
        project.file(
                "pipelines/other.yaml",
                CUSTOMERS.replace("pipeline: customers", "pipeline: other").replace("key: id", "key: [id, name]"));
        refused("E104", "the table silver.customers is written here with `write: merge`, key [id, name]");
        project.file(
                "pipelines/other.yaml",
                CUSTOMERS
                        .replace("pipeline: customers", "pipeline: other")
                        .replaceAll("write: merge.*", "write: replace }"));
        refused("E104", "`write: replace`");
    }

    @Test
    void nobodyElseFillsTheChanges() {
        project.file(
                "models/silver/customers__changes.sql",
                "MODEL (name silver.customers__changes, kind FULL);\nSELECT 1 AS one\n");
        refused("E107", "is filled twice: here and by the changes of silver.customers");
        project.without("models/silver/customers__changes.sql").file("pipelines/other.yaml", """
                        pipeline: other
                        source: { files: data/list-*.csv }
                        target: { table: silver.customers__changes }
                        """);
        refused("E107", "is filled twice: here and by the changes of silver.customers");
    }

    @Test
    void theNameOfTheTableLeavesRoomForThatOfItsChanges() {
        project.file("pipelines/customers.yaml", CUSTOMERS.replace("silver.customers", "silver." + "c".repeat(60)));
        refused("E104", "the changes need a table of their own");
    }

    @Test
    void aHistoryNeedsItsColumnsForItself() {
        project.file(
                "pipelines/customers.yaml",
                CUSTOMERS
                        .replace("write: merge", "write: history")
                        .replace("  op:", "  valid_to: { from: op, type: string }\n  op:"));
        refused("E107", "the rows have a column 'valid_to', and a history adds one of that name");
    }

    private void succeeds() {
        RunReport report = project.run();
        assertThat(report.exitCode()).as("%s", report).isZero();
    }

    private void refused(String code, String message) {
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> project.run())
                .satisfies(refusal -> assertThat(refusal.problems()).anySatisfy(problem -> {
                    assertThat(problem.code()).hasToString(code);
                    assertThat(problem.message()).contains(message);
                }));
    }
}
