package io.leat.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is in a file, reading it ends, with models or with problems. */
class FuzzTest {

    private static final List<String> SEEDS = List.of("""
            MODEL (
              name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column (d, '%Y-%m-%d'), lookback 1), cron '@daily',
              audits (not_null(columns := (d, v)), accepted_values(column := v, is_in := ('a', $$b$$)), mine(x := 1 + 2)),
              columns (d DATE, v DECIMAL(10, 2)), column_descriptions (d = 'day'), tags [a, 'b'], grains (d, (d, v))
            );
            WITH c AS (SELECT d, sum(v) AS v FROM bronze.t AS t WHERE d BETWEEN @start_ds AND @end_ds GROUP BY ALL)
            SELECT c.d, c.v /* note */ FROM c JOIN silver.u USING (d) -- end
            """, """
            AUDIT (name mine, blocking false, defaults (x = 0));
            SELECT * FROM @this_model WHERE @x > 0 AND "d" <> 'é' AND @VAR('y', 1) = 1;
            MODEL (name gold.n);
            SELECT * EXCLUDE (a), 1.5e3, E'a\\'b', @{z}.k FROM (PIVOT s.t ON k IN ('x') USING sum(v)), LATERAL (SELECT bronze.t.v FROM bronze.t) AS l
            """);

    private static final String PIECES = "()[]{}'\"@$;:,.=-/*\\ \n\r\t\0aZ_09%é💧\uD800\uFEFF";
    private static final List<String> WORDS = List.of(
            "SELECT",
            "FROM",
            "MODEL",
            "AUDIT",
            "kind",
            "@start_ds",
            "@EACH(",
            "JINJA_QUERY_BEGIN;",
            "--",
            "/*",
            "*/",
            "$$",
            "{{",
            ":=",
            "UNION",
            "((((((((",
            "'",
            "WITH RECURSIVE",
            "VIEW",
            "columns",
            "a.b.c.d",
            "?",
            "TABLE",
            "now()",
            "999999999999999999999",
            "::",
            "PIVOT");

    private static String mutated(String seed, Random random) {
        var text = new StringBuilder(seed);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> text.delete(at, to);
                case 2 -> text.insert(at, ' ' + WORDS.get(random.nextInt(WORDS.size())) + ' ');
                case 3 -> text.insert(at, text.substring(at, to).repeat(1 + random.nextInt(3)));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    @Test
    void readsMutatedFilesWithoutFailing() {
        long seed = Long.getLong("leat.seed", 20240229L);
        var random = new Random(seed);
        for (int i = 0; i < 1500; i++) {
            String text = mutated(SEEDS.get(i % SEEDS.size()), random);
            assertThatCode(() -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> judged(text)))
                    .as("seed %d, text %d:%n%s", seed, i, text)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void readsDeepNestingWithoutFailing() {
        for (int depth : List.of(150, 1_000, 5_000)) {
            for (String text : List.of(
                    "SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth) + " AS x",
                    "SELECT " + "(".repeat(depth),
                    "SELECT " + "abs(".repeat(depth) + "1" + ")".repeat(depth) + " AS x",
                    "SELECT * FROM " + "(SELECT * FROM ".repeat(depth) + "a.b" + ")".repeat(depth),
                    "SELECT " + "1 + ".repeat(depth) + "1 AS x",
                    "SELECT 1 AS x" + " UNION ALL SELECT 1".repeat(depth),
                    "SELECT 1 " + "/*".repeat(depth))) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> judged("MODEL (name gold.m, kind FULL);\n" + text));
            }
        }
    }

    private static void judged(String text) {
        var reading = Reading.of(text);
        for (Model model : reading.models()) {
            model.fingerprint();
            model.dependencies();
        }
        for (var problem : reading.problems().sorted()) {
            problem.render();
        }
    }
}
