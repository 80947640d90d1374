package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.state.Status;
import io.leat.testing.PostgresServer;
import io.leat.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines whose target is a table of a database, loaded as a command does it. */
class RunIntoPostgresTest {

    private static final String SALES = "SELECT id, country, amount FROM shop.sales ORDER BY id, amount";

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
                .file("data/sales.csv", "id,country,amount\n1,NL,10.5\n2,BE,1\n3,NL,many\n");
        sales("replace", "");
    }

    private void sales(String write, String more) {
        project.file("pipelines/sales.yaml", """
                pipeline: sales
                source: { files: data/sales.csv }
                columns:
                  id: { type: integer, required: true }
                  country: { type: string }
                  amount: { type: "decimal(10,2)" }
                %s
                target: { connection: shop, table: shop.sales, write: %s }
                """.formatted(more, write));
    }

    private List<Path> stagedFiles() {
        try (var paths = Files.walk(folder.resolve(".leat/test/staging"))) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private NodeReport run() {
        return node(project.run(), "sales");
    }

    @Test
    void aSliceIsPublishedWithItsLedgerAndAuditedAndItsRejectsAreKept() {
        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00");
        assertThat(project.record("sales").status()).isEqualTo(Status.COMPLETED);
        assertThat(project.record("sales").target()).isEqualTo("shop:shop.sales");
        assertThat(database.rows("SELECT pipeline, slice, \"rows\", rejected, target FROM leat_target.loads"))
                .containsExactly("sales|all|2|1|shop:shop.sales");
        assertThat(database.value("SELECT load_id FROM leat_target.loads"))
                .isEqualTo(project.loads("sales").getFirst().loadId().value());
        assertThat(project.query("SELECT record, code FROM leat.rejects")).containsExactly("3|TYPE");
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void whatIsThereIsSkippedAndWhatIsGoneIsLoadedAgain() {
        run();
        assertThat(run().loaded()).isZero();
        database.run("DELETE FROM shop.sales WHERE id = 1");

        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00");
    }

    @Test
    void aChangedSourceReplacesItsOwnRowsAlone() {
        run();
        database.run("INSERT INTO shop.sales (id, country, amount) VALUES (70, 'by hand', 1)");
        project.file("data/sales.csv", "id,country,amount\n2,BE,3\n4,FR,4\n");

        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows(SALES)).containsExactly("2|BE|3.00", "4|FR|4.00", "70|by hand|1.00");
        assertThat(database.rows("SELECT count(*), count(replaced_by) FROM leat_target.loads"))
                .containsExactly("2|1");
    }

    @Test
    void twoPipelinesInOneTableDoNotTouchEachOthersRows() {
        project.file("data/returns.csv", "id,country,amount\n1,NL,-10.5\n")
                .file(
                        "pipelines/returns.yaml",
                        project.text("pipelines/sales.yaml")
                                .replace("pipeline: sales", "pipeline: returns")
                                .replace("data/sales.csv", "data/returns.csv"));
        run();
        project.file("data/sales.csv", "id,country,amount\n2,BE,3\n");

        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows(SALES)).containsExactly("1|NL|-10.50", "2|BE|3.00");
        assertThat(project.run().nodes())
                .allSatisfy(node -> assertThat(node.idle()).isNotEmpty());
    }

    @Test
    void loadsThatAppendAddUp() {
        sales("append", "");
        run();
        project.file("data/sales.csv", "id,country,amount\n2,BE,3\n");

        assertThat(run().loaded()).isEqualTo(1);
        assertThat(run().loaded()).isZero();

        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00", "2|BE|3.00");
        assertThat(project.record("sales").status()).isEqualTo(Status.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TRIGGER change BEFORE INSERT ON shop.sales FOR EACH ROW EXECUTE FUNCTION shop.change()",
                "CREATE CONSTRAINT TRIGGER change AFTER INSERT ON shop.sales DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION shop.change()"
            })
    void valuesThatAnotherHandChangesWhileTheyAreEnteredAreNeverPublished(String trigger) {
        run();
        database.run("""
                CREATE FUNCTION shop.change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF TG_WHEN = 'AFTER' THEN UPDATE shop.sales SET amount = floor(amount); END IF;
                  NEW.amount := floor(NEW.amount); RETURN NEW; END $$;
                """ + trigger);
        project.file("data/sales.csv", "id,country,amount\n2,BE,3.75\n");

        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.INTEGRITY))
                .satisfies(failure -> assertThat(failure.reason()).contains("column amount", "3.75", "3 there"));

        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00");
    }

    @Test
    void rowsThatAnotherHandHidesAreNeverPublished() {
        run();
        database.run("""
                CREATE FUNCTION shop.none() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER none BEFORE INSERT ON shop.sales FOR EACH ROW WHEN (NEW.id = 4) EXECUTE FUNCTION shop.none();
                """);
        project.file("data/sales.csv", "id,country,amount\n2,BE,3\n4,FR,4\n");

        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.INTEGRITY));

        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00");
    }

    @Test
    void contentIsComparedWhenThatIsAskedFor() {
        sales("replace", "audit: { level: content }");
        run();
        assertThat(project.loads("sales").getFirst().sums()).contains("content");
        database.run("""
                CREATE FUNCTION shop.swap() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.country := CASE NEW.country WHEN 'NL' THEN 'BE' ELSE 'NL' END; RETURN NEW; END $$;
                CREATE TRIGGER swap BEFORE INSERT ON shop.sales FOR EACH ROW EXECUTE FUNCTION shop.swap();
                """);
        project.file("data/sales.csv", "id,country,amount\n1,NL,10\n2,BE,3\n");

        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("the hashes of the rows"));
    }

    @Test
    void whatTheDatabaseCannotHoldIsRejected() {
        project.file("data/sales.ndjson", "{\"id\": 1, \"country\": \"N\\u0000L\"}\n{\"id\": 2, \"country\": \"BE\"}\n")
                .file("pipelines/sales.yaml", """
                        pipeline: sales
                        source: { files: data/sales.ndjson }
                        columns: { id: { type: integer }, country: { type: string } }
                        target: { connection: shop, table: shop.sales }
                        """);

        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows("SELECT id FROM shop.sales")).containsExactly("2");
        assertThat(project.query("SELECT record, \"column\", code, step FROM leat.rejects"))
                .containsExactly("1|country|TARGET|target");
    }

    @Test
    void columnsAreAddedAndWidenedButNeverNarrowed() {
        run();
        project.file("data/sales.csv", "id,country,amount,note\n1,NL,12345678901.5,big\n")
                .file(
                        "pipelines/sales.yaml",
                        project.text("pipelines/sales.yaml")
                                .replace("\"decimal(10,2)\" }", "\"decimal(14,2)\" }\n  note: { type: string }"));

        assertThat(run().loaded()).isEqualTo(1);
        assertThat(database.rows("SELECT id, amount, note FROM shop.sales")).containsExactly("1|12345678901.50|big");

        project.file(
                "pipelines/sales.yaml", project.text("pipelines/sales.yaml").replace("decimal(14,2)", "decimal(9,2)"));
        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.CONTRACT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatCannotBeReachedFailsOnlyWhatNeedsIt(boolean wasThere) {
        if (wasThere) {
            run();
        }
        project.file("leat.yaml", """
                        project: test
                        defaults: { memory: 256MB, threads: 2, retries: { attempts: 1 } }
                        connections: { shop: %s }
                        """.formatted(database.entry(1))).file("pipelines/lake.yaml", """
                        pipeline: the_lake
                        source: { files: data/sales.csv }
                        target: { table: bronze.sales }
                        """);

        RunReport report = project.run();

        assertThat(node(report, "the_lake").loaded()).isEqualTo(1);
        assertThat(node(report, "sales").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).isEqualTo(ErrorCode.NETWORK);
            assertThat(failure.reason()).contains("the database server cannot be reached");
            assertThat(failure.toString()).doesNotContain(PostgresServer.PASSWORD);
        });
    }

    @Test
    void aTableOfOthersIsAdoptedAndItsRowsStay() {
        database.run("CREATE SCHEMA shop; CREATE TABLE shop.sales (id bigint, country text, amount numeric(10,2));"
                + " INSERT INTO shop.sales VALUES (70, 'before', 7)");
        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo(ErrorCode.NOT_LEATS_TABLE));

        assertThat(project.<List<String>>ask(leat -> List.copyOf(
                        leat.chores().adopt(leat.project().dag().nodes()).keySet())))
                .containsExactly("shop:shop.sales");

        project.ask(leat -> leat.interventions().retry(List.of("sales")));
        assertThat(run().loaded()).isEqualTo(1);
        assertThat(database.rows(SALES)).containsExactly("1|NL|10.50", "2|BE|1.00", "70|before|7.00");
    }

    @Test
    void rowsThatAreReplacedAreKeptBesideTheTableWhenThatIsAskedFor() {
        sales("replace, keep_previous: true", "");
        run();
        project.file("data/sales.csv", "id,country,amount\n2,BE,3\n");
        run();
        assertThat(database.rows("SELECT id, country, amount FROM shop.sales__previous ORDER BY id"))
                .containsExactly("1|NL|10.50", "2|BE|1.00");
        project.file("data/sales.csv", "id,country,amount,note\n3,FR,3,new\n")
                .file(
                        "pipelines/sales.yaml",
                        project.text("pipelines/sales.yaml")
                                .replace("\"decimal(10,2)\" }", "\"decimal(12,2)\" }\n  note: { type: string }"));

        assertThat(run().loaded()).isEqualTo(1);

        assertThat(database.rows("SELECT id, amount, note FROM shop.sales__previous"))
                .containsExactly("2|3.00|null");
        assertThat(database.rows(SALES)).containsExactly("3|FR|3.00");
    }

    @Test
    void whatReadersDoNotSeeIsQuarantinedAndRestoredByAPerson() {
        run();
        project.file("data/sales.csv", "id,country,amount\n2,BE,3.75\n");
        System.setProperty(FaultPoint.PROPERTY, "completed.before_commit:1:error");
        try {
            project.run();
        } catch (PipelineException injected) {
            assertThat(injected.code()).isEqualTo(ErrorCode.INTERNAL);
        } finally {
            System.clearProperty(FaultPoint.PROPERTY);
            FaultPoint.reset();
        }
        database.run("DELETE FROM shop.sales");
        project.letLeasesRunOut();
        assertThat(run().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("the ledger says 1 rows, readers see 0"));
        assertThat(project.loads("sales").getFirst().quarantine()).isNotNull();
        assertThat(run().loaded()).as("of itself it is not loaded again").isZero();

        RunRequest request = project.ask(leat -> leat.interventions().restore(List.of("sales")));
        assertThat(node(project.run(request), "sales").loaded()).isEqualTo(1);

        assertThat(database.rows(SALES)).containsExactly("2|BE|3.75");
        assertThat(project.loads("sales").getFirst().quarantine()).isNull();
    }

    private static final String TRIPS = """
            pipeline: trips
            source: { files: data/trips.csv }
            window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-04 }
            columns: { started: { type: timestamp, required: true }, metres: { type: integer } }
            target: { connection: shop, table: shop.trips }
            """;
    private static final String WINDOWS =
            "SELECT _leat_window AT TIME ZONE 'UTC', metres FROM shop.trips ORDER BY metres";

    /** Days are loaded, and the pipeline now says half days. */
    private void otherWindows() {
        project.file("pipelines/trips.yaml", TRIPS).file("data/trips.csv", """
                started,metres
                2024-01-01T08:00:00Z,1
                2024-01-02T08:00:00Z,2
                2024-01-02T18:00:00Z,3
                2024-01-03T18:00:00Z,4
                """);
        project.run();
        project.file("pipelines/trips.yaml", TRIPS.replace("every: 1d", "every: 12h"));
    }

    private NodeReport regrid() {
        RunReport report = project.ask(leat -> {
            var trips = leat.project().dag().nodes().stream()
                    .filter(each -> each.name().value().equals("trips"))
                    .findFirst()
                    .orElseThrow();
            return leat.regrid(
                    leat.planRegrid(trips, new Scope("2024-01-01", "2024-01-03")), List.of(), RunListener.SILENT);
        });
        return node(report, "trips");
    }

    private void requireHalfDays() {
        assertThat(database.rows(WINDOWS))
                .containsExactly(
                        "2024-01-01 00:00:00|1",
                        "2024-01-02 00:00:00|2",
                        "2024-01-02 12:00:00|3",
                        "2024-01-03 00:00:00|4");
        assertThat(database.value(
                        "SELECT count(*) FROM leat_target.loads WHERE pipeline = 'trips' AND replaced_by IS NULL"))
                .isEqualTo("5");
        assertThat(node(project.run(), "trips").idle()).isNotEmpty();
    }

    @Test
    void windowsOfAnotherLengthTakeThePlaceOfOthersInOneTransaction() {
        otherWindows();

        assertThat(regrid().loaded()).isEqualTo(4);

        requireHalfDays();
    }

    @ParameterizedTest
    @CsvSource({
        "target.publish_before_commit, false",
        "target.publish_after_commit, false",
        "publish.before_commit, false",
        "publish.after_commit, true"
    })
    void windowsOfAnotherLengthThatTheStateStoreNeverLearntOfMakeRoomAgain(String point, boolean learnt) {
        otherWindows();
        System.setProperty(FaultPoint.PROPERTY, point + ":1+:error");
        try {
            regrid();
        } catch (PipelineException injected) {
            assertThat(injected.message()).contains("fault injected");
        } finally {
            assertThat(FaultPoint.passages()).isPositive();
            System.clearProperty(FaultPoint.PROPERTY);
            FaultPoint.reset();
        }
        project.letLeasesRunOut();
        project.run();
        project.run();
        List<String> metres = database.rows("SELECT metres FROM shop.trips ORDER BY metres");
        assertThat(metres).as("nothing is lost or doubled").containsExactly("1", "2", "3", "4");
        assertThat(project.loads("trips")).hasSize(learnt ? 5 : 3);
        if (!learnt) {
            assertThat(regrid().loaded()).isEqualTo(4);
        }

        requireHalfDays();
    }
}
