package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines whose table in a database is made of the changes that they load. */
class RunFoldIntoPostgresTest {

    private static final String CUSTOMERS = """
            pipeline: customers
            source: { files: data/customers-*.csv }
            window: { column: updated_at, every: 1d, start: 2024-01-01, end: 2024-01-05 }
            columns:
              id: { type: integer }
              name: { type: string }
              op: { type: string }
              updated_at: { type: local_timestamp, required: true }
            target:
              { connection: shop, table: crm.customers, write: merge, key: id, order: updated_at, delete_when: "op = 'D'" }
            """;
    private static final String ROWS = "SELECT id, name FROM crm.customers ORDER BY id";

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();
    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("leat.yaml", """
                        project: test
                        defaults: { memory: 256MB, threads: 2 }
                        connections: { shop: %s }
                        """.formatted(database.entry()))
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

    private void succeeds() {
        RunReport report = project.run();
        assertThat(report.exitCode()).as("%s", report).isZero();
    }

    @Test
    void readersSeeTheNewestChangeOfEachKey() {
        succeeds();

        assertThat(database.rows(ROWS)).containsExactly("1|Ada L.", "3|Cem");
        assertThat(database.rows(
                        "SELECT id, _leat_deleted, _leat_record FROM crm.customers__changes ORDER BY _leat_record"))
                .containsExactly("1|f|1", "2|f|2", "3|f|4", "1|f|5", "2|t|6");
        assertThat(project.query("SELECT record, step, \"column\", code FROM leat.rejects"))
                .containsExactly("3|target|id|NO_KEY");
        assertThat(node(project.run(), "customers").idle()).startsWith("up to date");
    }

    @Test
    void rowsThatComeLateOrAreTakenBackChangeWhatDependsOnThem() {
        succeeds();
        project.file("data/customers-2.csv", """
                id,name,op,updated_at
                2,Bobby,U,2024-01-02 10:00:00
                4,Dee,I,2024-01-02 10:00:00
                3,Cem the older,I,2024-01-01 09:00:00
                """);
        succeeds();
        assertThat(database.rows(ROWS)).containsExactly("1|Ada L.", "3|Cem", "4|Dee");

        project.file("data/customers-1.csv", "id,name,op,updated_at\n1,Ada,I,2024-01-01 10:00:00\n");
        succeeds();

        assertThat(database.rows(ROWS)).containsExactly("1|Ada", "2|Bobby", "3|Cem the older", "4|Dee");
    }

    @Test
    void anotherWayToFoldTakesEffectWithTheNextRun() {
        succeeds();
        project.file("pipelines/customers.yaml", CUSTOMERS.replace("write: merge", "write: history"));
        succeeds();

        assertThat(database.rows(
                        "SELECT id, name, valid_from, valid_to, is_current FROM crm.customers ORDER BY id, valid_from"))
                .containsExactly(
                        "1|Ada|2024-01-01 10:00:00|2024-01-03 10:00:00|f",
                        "1|Ada L.|2024-01-03 10:00:00|null|t",
                        "2|Bob|2024-01-01 11:00:00|2024-01-03 10:00:00|f",
                        "3|Cem|2024-01-02 09:00:00|null|t");

        project.file("pipelines/customers.yaml", CUSTOMERS.replace("key: id", "key: name"));
        succeeds();
        assertThat(database.rows(ROWS)).containsExactly("1|Ada", "1|Ada L.", "3|Cem", "null|Nobody");
    }

    @Test
    void aColumnThatIsNewOrHasAnotherNameComesIntoBothTables() {
        succeeds();
        project.file(
                        "pipelines/customers.yaml",
                        CUSTOMERS
                                .replace("name: {", "label: { from: name,")
                                .replace("key: id", "key: id, renamed: { label: name }"))
                .file("data/customers-2.csv", "id,name,op,updated_at,city\n4,Dee,I,2024-01-02 10:00:00,Rome\n");
        succeeds();

        assertThat(database.rows("SELECT id, label, city FROM crm.customers ORDER BY id"))
                .containsExactly("1|Ada L.|null", "3|Cem|null", "4|Dee|Rome");
    }

    @Test
    void aTableThatWasFilledInAnotherWayIsRefused() {
        project.file("pipelines/customers.yaml", CUSTOMERS.replaceAll("write: merge.*", "write: replace }"));
        succeeds();
        project.file("pipelines/customers.yaml", CUSTOMERS);

        var failure = node(project.run(), "customers").failures().getFirst();

        assertThat(failure.error()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(failure.reason()).contains("was filled without its changes being kept");
    }
}
