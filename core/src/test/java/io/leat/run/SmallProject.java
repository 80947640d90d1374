package io.leat.run;

import java.nio.file.Path;

/** A small project that has a bit of everything: rejects, a lookup, two pipelines in one table, models, a view. */
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
                .file("data/returns.csv", "id,country,amount\n1,NL,-10.5\n");
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
                .file("data/returns.csv", "id,country,amount\n6,FR,-3\nsix,FR,-3\n");
    }
}
