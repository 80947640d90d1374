package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.lake.DuckDb;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.state.Load;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public data, compared with plain queries over the files. The folder with them is named by {@code LEAT_REAL_DATA}. */
class RealDataTest {

    private static final @Nullable String FOLDER = System.getenv("LEAT_REAL_DATA");

    @TempDir
    Path folder;

    @BeforeEach
    void needsData() {
        assumeTrue(FOLDER != null, "LEAT_REAL_DATA names no folder with real data");
    }

    private static Path real(String file) {
        return Path.of(Objects.requireNonNull(FOLDER)).toAbsolutePath().resolve(file);
    }

    private List<String> plainly(String sql) {
        var limits = new DuckDb.Limits(512 << 20, 2, folder.resolve("spill"), 1L << 30);
        try (DuckDb duck = DuckDb.open(limits)) {
            return duck.query(sql, row -> {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    line.append(i == 1 ? "" : "|").append(row.getString(i));
                }
                return line.toString();
            });
        }
    }

    private static String indicator(String name) {
        return """
                pipeline: %1$s
                source: { files: %2$s }
                columns:
                  country: { from: Country Name, type: string, required: true }
                  code: { from: Country Code, type: string, required: true, pattern: "[A-Z0-9]{3}" }
                  year: { from: Year, type: integer, min: 1900 }
                  value: { from: Value, type: double }
                checks:
                  - unique: [code, year]
                  - not_null: [value]
                target: { table: bronze.%1$s }
                """.formatted(name, real(name + ".csv"));
    }

    @Test
    void indicatorsAndAModelOfThemEqualOnePlainQuery() {
        var project = TestProject.in(folder)
                .file("pipelines/gdp.yaml", indicator("gdp"))
                .file("pipelines/population.yaml", indicator("population"))
                .file("models/gold/gdp_per_capita.sql", """
                        MODEL (
                          name gold.gdp_per_capita,
                          kind FULL,
                          audits (not_null(columns := (country, year)), unique_combination_of_columns(columns := (code, year)))
                        );
                        SELECT g.country, g.code, g.year, g.value / p.value AS usd
                        FROM bronze.gdp AS g
                        JOIN bronze.population AS p USING (code, year)
                        """);

        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(node(report, "gdp").counts().rejected()).isZero();
        String gdp = "read_csv(" + Sql.literal(real("gdp.csv").toString()) + ")";
        String population = "read_csv(" + Sql.literal(real("population.csv").toString()) + ")";
        assertThat(project.query("SELECT country, code, year, value FROM bronze.gdp ORDER BY ALL"))
                .isEqualTo(plainly("""
                        SELECT "Country Name", "Country Code", "Year", CAST("Value" AS DOUBLE) FROM %s ORDER BY ALL""".formatted(gdp)));
        assertThat(project.query("SELECT country, code, year, usd FROM gold.gdp_per_capita ORDER BY ALL"))
                .hasSizeGreaterThan(10_000)
                .isEqualTo(plainly("""
                        SELECT g."Country Name", g."Country Code", g."Year",
                          CAST(g."Value" AS DOUBLE) / CAST(p."Value" AS DOUBLE)
                        FROM %s AS g JOIN %s AS p
                          ON g."Country Code" = p."Country Code" AND g."Year" = p."Year"
                        ORDER BY ALL""".formatted(gdp, population)));
    }

    @Test
    void flightsInTwoHourWindowsEqualPlainCountsWindowByWindow() {
        var project = TestProject.in(folder).file("pipelines/flights.yaml", """
                pipeline: flights
                source: { files: %s }
                window:
                  column: departed_at
                  every: 2h
                  timezone: America/Los_Angeles
                  start: 2001-01-01
                  end: 2001-04-01
                columns:
                  departed_at: { from: date, type: local_timestamp, format: "%%Y/%%m/%%d %%H:%%M", required: true }
                  delay: { type: integer }
                  distance: { type: integer, min: 0 }
                  origin: { type: string, pattern: "[A-Z]{3}", required: true }
                  destination: { type: string, pattern: "[A-Z]{3}", required: true }
                target: { table: bronze.flights }
                """.formatted(real("flights.json")));

        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        var counts = node(report, "flights").counts();
        assertThat(counts.read()).as("rows accounted for").isEqualTo(20_000);
        assertThat(counts.staged() + counts.rejected()).isEqualTo(20_000);
        List<Load> loads = project.loads("flights");
        List<String> perWindow = project.ask(leat -> loads.stream()
                .filter(load -> load.rows() > 0)
                .map(load -> leat.state()
                                .record(leat.project().environment(), new PipelineName("flights"), load.slice())
                                .orElseThrow()
                                .label()
                        + "|"
                        + load.rows())
                .toList());
        assertThat(perWindow).isEqualTo(plainly("""
                SELECT strftime(time_bucket(INTERVAL 2 HOUR, started, TIMESTAMP '2001-01-01'), '%%Y-%%m-%%dT%%H'), count(*)
                FROM (SELECT strptime(date, '%%Y/%%m/%%d %%H:%%M') AS started FROM read_json(%s))
                GROUP BY 1 ORDER BY 1""".formatted(
                        Sql.literal(real("flights.json").toString()))));
        assertThat(loads).as("windows, the empty ones too").hasSize(90 * 12);
        assertThat(project.query("SELECT count(*) FROM bronze.flights")).containsExactly("20000");
        assertThat(node(project.run(), "flights").idle()).startsWith("up to date");
    }
}
