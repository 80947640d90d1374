package io.leat.run;

import java.nio.file.Path;

/**
 * A small project that has a bit of everything: rejects, a lookup, two pipelines in one table, windows, rows of no window,
 * models of every kind.
 */
final class SmallProject {

    private SmallProject() {}

    static TestProject in(Path root) {
        return TestProject.in(root)
                .file("pipelines/countries.yaml", """
                        pipeline: countries
                        source: { files: data/countries.csv }
                        columns:
                          code: { type: string, required: true }
                          name: { type: string }
                        target: { table: reference.countries }
                        """)
                .file("pipelines/sales.yaml", sales("sales"))
                .file("pipelines/returns.yaml", sales("returns"))
                .file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips-*.ndjson }
                        window: { column: started, every: 12h, timezone: Europe/Berlin, start: 2024-03-30, end: 2024-04-01 }
                        columns:
                          started: { type: local_timestamp, format: "%Y-%m-%d %H:%M", required: true }
                          metres: { type: integer, min: 0 }
                        target: { table: bronze.trips }
                        """)
                .file("models/gold/days.sql", """
                        MODEL (name gold.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day), start '2024-03-30', cron '@daily');
                        SELECT CAST(started AS DATE) AS day, count(*) AS trips, sum(metres) AS metres
                        FROM bronze.trips WHERE CAST(started AS DATE) BETWEEN @start_date AND @end_date GROUP BY ALL
                        """)
                .file("models/gold/totals.sql", """
                        MODEL (name gold.totals, kind FULL, audits (not_null(columns := (country))));
                        SELECT country, count(*) AS sales, sum(amount) AS amount FROM bronze.sales GROUP BY country
                        """)
                .file("models/gold/names.sql", """
                        MODEL (name gold.names, kind VIEW);
                        SELECT DISTINCT name FROM bronze.sales
                        """)
                .file("data/countries.csv", "code,name\nNL,Netherlands\nBE,Belgium\n")
                .file("data/sales.csv", "id,country,amount\n1,NL,10.5\n2,BE,1\n3,xx,5\n4,NL,many\n5,FR,7\n")
                .file("data/returns.csv", "id,country,amount\n1,NL,-10.5\n")
                .file("data/trips-1.ndjson", """
                        {"started": "2024-03-30 08:00", "metres": 100}
                        {"started": "2024-03-30 11:59", "metres": -1}
                        {"started": "2024-03-30 12:00", "metres": 200}
                        {"started": "2024-03-31 02:30", "metres": 300}
                        """)
                .file("data/trips-2.ndjson", """
                        {"started": "2024-03-31 01:30", "metres": 400}
                        {"started": "2024-03-30 23:00", "metres": 500}
                        {"started": "yesterday", "metres": 600}
                        """);
    }

    private static String sales(String name) {
        return """
                pipeline: %1$s
                source: { files: data/%1$s.csv }
                columns:
                  id: { type: integer, required: true }
                  country: { type: string, required: true, pattern: "[A-Z]{2}" }
                  amount: { type: "decimal(10,2)" }
                steps:
                  - enrich: { with: reference.countries, match: { country: code }, add: [name] }
                checks:
                  - unique: [id]
                  - { rejects: { max: 50%% }, severity: warn }
                target: { table: bronze.sales }
                """.formatted(name);
    }

    /** Gives every pipeline something else to load. */
    static void change(TestProject project) {
        project.file("data/countries.csv", "code,name\nNL,The Netherlands\nFR,France\n")
                .file("data/sales.csv", "id,country,amount\n1,NL,10.5\n6,FR,3\n7,BE,lots\n")
                .file("data/returns.csv", "id,country,amount\n6,FR,-3\nsix,FR,-3\n")
                .file("data/trips-3.ndjson", """
                        {"started": "2024-03-30 23:30", "metres": 50}
                        {"started": "2024-03-31 23:30", "metres": 60}
                        {"started": "2024-02-31 23:30", "metres": 70}
                        """);
    }
}
