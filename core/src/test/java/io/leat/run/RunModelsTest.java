package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.state.Record;
import io.leat.state.Status;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models over tables that pipelines fill, run after run. */
class RunModelsTest {

    private static final String SALES = """
            pipeline: sales
            source: { files: data/sales.csv }
            columns: { id: { type: integer }, country: { type: string } }
            target: { table: bronze.sales }
            """;
    private static final String TOTALS = """
            MODEL (name gold.totals, kind FULL, audits (unique_values(columns := (country))));
            SELECT country, count(*) AS sales FROM bronze.sales GROUP BY country
            """;
    private static final String DAYS = """
            MODEL (name gold.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day), start '2024-01-01', cron '@daily');
            SELECT CAST(started AS DATE) AS day, count(*) AS trips
            FROM bronze.trips WHERE CAST(started AS DATE) BETWEEN @start_date AND @end_date GROUP BY ALL
            """;

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/sales.yaml", SALES)
                .file("data/sales.csv", "id,country\n1,NL\n2,BE\n3,NL\n")
                .file("models/gold/totals.sql", TOTALS);
    }

    @Test
    void isUpToDateUntilSomethingThatItReadsChanges() {
        project.run();
        assertThat(project.query("SELECT * FROM gold.totals ORDER BY ALL")).containsExactly("BE|1", "NL|2");
        String version = project.version("gold.totals");

        assertThat(node(project.run(), "gold.totals").idle())
                .isEqualTo("up to date: 2 rows, nothing it reads has changed");
        assertThat(project.version("gold.totals")).isEqualTo(version);

        project.file("data/sales.csv", "id,country\n1,NL\n");
        assertThat(node(project.run(), "gold.totals").loaded()).isEqualTo(1);
        assertThat(project.query("SELECT * FROM gold.totals")).containsExactly("NL|1");
    }

    @Test
    void isFilledAgainWhenItsQueryMeansSomethingElseAndNotWhenItOnlyLooksElse() {
        project.run();
        project.file(
                "models/gold/totals.sql", "-- totals\n" + TOTALS.replace("SELECT country, ", "select   country,\n  "));
        assertThat(node(project.run(), "gold.totals").idle()).startsWith("up to date");

        project.file("models/gold/totals.sql", TOTALS.replace("count(*)", "count(*) * 10"));
        assertThat(node(project.run(), "gold.totals").loaded()).isEqualTo(1);
        assertThat(project.query("SELECT * FROM gold.totals ORDER BY ALL")).containsExactly("BE|10", "NL|20");
    }

    @Test
    void anAuditThatFailsKeepsTheOldRowsVisibleAndStopsWhatReadsThem() {
        project.file("models/gold/more.sql", "MODEL (name gold.more, kind FULL);\nSELECT sales FROM gold.totals");
        project.run();
        project.file(
                "models/gold/totals.sql",
                TOTALS.replace("GROUP BY country", "GROUP BY country UNION ALL SELECT 'NL', 9"));

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(project.record("gold.totals").errorCode()).isEqualTo(ErrorCode.CHECK_FAILED);
        assertThat(node(report, "gold.more").idle()).isEqualTo("waiting: gold.totals failed");
        assertThat(project.query("SELECT * FROM gold.totals ORDER BY ALL")).containsExactly("BE|1", "NL|2");
    }

    @Test
    void aViewIsReadThroughWithoutBeingFilled() {
        project.file("models/gold/dutch.sql", """
                        MODEL (name gold.dutch, kind VIEW);
                        SELECT id FROM bronze.sales WHERE country = 'NL'
                        """)
                .file(
                        "models/gold/count.sql",
                        "MODEL (name gold.count, kind FULL);\nSELECT count(*) AS dutch FROM gold.dutch");
        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(node(report, "gold.dutch").idle()).isEqualTo("a view: it is never filled");
        assertThat(project.query("SELECT * FROM gold.dutch ORDER BY ALL")).containsExactly("1", "3");
        assertThat(project.query("SELECT * FROM gold.count")).containsExactly("2");

        project.file("data/sales.csv", "id,country\n1,NL\n");
        project.run();
        assertThat(project.query("SELECT * FROM gold.count")).containsExactly("1");
    }

    @Test
    void aViewThatMeansSomethingElseMakesWhatReadsItDue() {
        String view = "MODEL (name gold.dutch, kind VIEW);\nSELECT id FROM bronze.sales WHERE country = 'NL'";
        project.file("models/gold/dutch.sql", view)
                .file(
                        "models/gold/count.sql",
                        "MODEL (name gold.count, kind FULL);\nSELECT count(*) AS n FROM gold.dutch");
        project.run();
        project.file("models/gold/dutch.sql", view.replace("'NL'", "'BE'"));
        project.run();
        assertThat(project.query("SELECT * FROM gold.count")).containsExactly("1");
    }

    @Test
    void waitsForATableThatHasNeverBeenLoaded() {
        project.file("data/sales.csv", "id,country\n1,NL\n");
        project.file("pipelines/sales.yaml", SALES + "checks: [{ rows: { min: 100 } }]\n");

        RunReport first = project.run();
        RunReport onlyModels =
                project.run(new RunRequest(Selection.ALL, Scope.EVERYTHING, Optional.of(Node.Kind.MODEL)));

        assertThat(node(first, "gold.totals").idle()).isEqualTo("waiting: sales failed");
        assertThat(node(onlyModels, "gold.totals").idle()).isEqualTo("waiting: bronze.sales has not been loaded");
        assertThat(onlyModels.exitCode()).isZero();
    }

    @Test
    void fillsTheWindowsThatAreCoveredAndThoseThatBecomeStaleAgain() {
        project.file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips-*.csv }
                        window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-04 }
                        columns: { started: { type: local_timestamp, required: true } }
                        target: { table: bronze.trips }
                        """)
                .file("data/trips-1.csv", "started\n2024-01-01 10:00:00\n2024-01-01 11:00:00\n2024-01-03 00:00:00\n")
                .file("models/gold/days.sql", DAYS);
        String days = "SELECT strftime(day, '%d'), trips FROM gold.days ORDER BY ALL";

        RunReport first = project.run();
        assertThat(first.exitCode()).isZero();
        assertThat(node(first, "gold.days").loaded()).isEqualTo(3);
        assertThat(project.query(days)).containsExactly("01|2", "03|1");
        assertThat(node(project.run(), "gold.days").idle()).startsWith("up to date");

        project.file("data/trips-2.csv", "started\n2024-01-02 10:00:00\n2024-01-03 11:00:00\n");
        RunReport late = project.run();

        assertThat(node(late, "trips").loaded()).isEqualTo(2);
        assertThat(node(late, "gold.days").loaded()).isEqualTo(2);
        assertThat(project.query(days)).containsExactly("01|2", "02|1", "03|2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"window: { column: started, every: 1y, start: 2024-01-01 }", "description: loaded whole"})
    void fillsWindowsUpToNowWhereWhatItReadsGoesOn(String goingOn) {
        project.file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips.csv }
                        columns: { started: { type: local_timestamp, required: true } }
                        target: { table: bronze.trips }
                        """ + goingOn)
                .file("data/trips.csv", "started\n2024-01-01 10:00:00\n2024-07-01 11:00:00\n")
                .file("models/gold/days.sql", DAYS.replace("@daily", "@yearly"));
        RunReport report = project.run();
        assertThat(report.exitCode()).isZero();
        assertThat(project.query("SELECT sum(trips) FROM gold.days")).containsExactly("2");
    }

    @Test
    void aModelWhoseQueryFailsIsOneFailureWithItsReason() {
        project.file(
                "models/gold/totals.sql",
                "MODEL (name gold.totals, kind FULL);\nSELECT CAST(country AS INTEGER) AS n FROM bronze.sales");
        RunReport report = project.run();
        assertThat(report.exitCode()).isEqualTo(1);
        Record record = project.record("gold.totals");
        assertThat(record.status()).isEqualTo(Status.FAILED);
        assertThat(record.reason()).contains("NL");
    }
}
