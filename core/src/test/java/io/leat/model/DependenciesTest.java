package io.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.TableName;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DependenciesTest {

    static Stream<Arguments> queries() {
        return Stream.of(
                query("SELECT 1 AS one", ""),
                query("SELECT * FROM a.t", "a.t"),
                query("FROM a.t", "a.t"),
                query("SELECT x.v FROM a.t AS x, b.u y WHERE x.id = y.id", "a.t b.u"),
                query("SELECT * FROM a.t JOIN b.u USING (id) LEFT JOIN c.v ON t.id = v.id", "a.t b.u c.v"),
                query("SELECT * FROM a.t NATURAL JOIN b.u CROSS JOIN c.v", "a.t b.u c.v"),
                query("SELECT * FROM a.t SEMI JOIN b.u USING (id) ANTI JOIN c.v USING (id)", "a.t b.u c.v"),
                query("SELECT * FROM a.t ASOF JOIN b.u ON t.at >= u.at POSITIONAL JOIN c.v", "a.t b.u c.v"),
                query("WITH x AS (SELECT * FROM a.t) SELECT * FROM x", "a.t"),
                query("WITH t AS (SELECT * FROM a.t) SELECT * FROM t JOIN b.t AS u ON true", "a.t b.t"),
                query(
                        "WITH x AS (FROM a.t), y AS (FROM x), z AS MATERIALIZED (FROM y JOIN b.u USING (id)) FROM z",
                        "a.t b.u"),
                query(
                        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r, a.t WHERE n < 3) FROM r",
                        "a.t"),
                query("SELECT * FROM (WITH x AS (FROM a.t) SELECT * FROM x) JOIN b.x AS bx ON true", "a.t b.x"),
                query("SELECT * FROM (SELECT * FROM (SELECT * FROM a.t))", "a.t"),
                query("SELECT * FROM a.t UNION ALL SELECT * FROM b.u UNION BY NAME SELECT * FROM c.v", "a.t b.u c.v"),
                query(
                        "(SELECT * FROM a.t EXCEPT SELECT * FROM b.u) INTERSECT SELECT * FROM c.v ORDER BY 1 LIMIT 3",
                        "a.t b.u c.v"),
                query("SELECT * FROM a.t WHERE EXISTS (SELECT 1 FROM b.u WHERE u.id = t.id)", "a.t b.u"),
                query(
                        "SELECT * FROM a.t WHERE id IN (SELECT id FROM b.u) AND v > ALL (SELECT v FROM c.v)",
                        "a.t b.u c.v"),
                query(
                        "SELECT (SELECT max(v) FROM b.u), CASE WHEN x THEN (SELECT 1 FROM c.v) END FROM a.t",
                        "a.t b.u c.v"),
                query("SELECT * FROM a.t, LATERAL (SELECT * FROM b.u WHERE u.id = t.id) AS l", "a.t b.u"),
                query("SELECT id, sum(v) FROM a.t GROUP BY ALL HAVING sum(v) > (SELECT avg(v) FROM b.u)", "a.t b.u"),
                query(
                        "SELECT * FROM a.t QUALIFY row_number() OVER (PARTITION BY id ORDER BY (SELECT 1 FROM b.u)) = 1",
                        "a.t b.u"),
                query("SELECT * FROM a.t ORDER BY (SELECT 1 FROM b.u) LIMIT (SELECT 2 FROM c.v)", "a.t b.u c.v"),
                query(
                        "SELECT * FROM a.t, unnest(t.list) AS u(x), generate_series(1, (SELECT max(n) FROM b.u))",
                        "a.t b.u"),
                query("SELECT * FROM (PIVOT a.t ON k IN ('x', 'y') USING sum(v) GROUP BY id)", "a.t"),
                query("SELECT * FROM (UNPIVOT a.t ON x, y INTO NAME k VALUE v)", "a.t"),
                query("FROM a.t UNPIVOT (v FOR k IN (x, y))", "a.t"),
                query("SELECT list_transform(l, lambda x: x + 1), [z FOR z IN l IF z > 1] FROM a.t", "a.t"),
                query("FROM u : a.t SELECT u.v", "a.t"),
                query("SELECT \"t\".\"V\" FROM \"A\".\"T\" -- FROM b.u\n/* FROM /* c.v */ d.w */", "a.t"),
                query("SELECT 'FROM b.u', $$ FROM c.v $$, E'it\\'s FROM d.w' FROM a.t", "a.t"),
                query("SELECT count(*) FILTER (WHERE v IN (SELECT v FROM b.u)) FROM a.t", "a.t b.u"),
                query("SELECT * EXCLUDE (v) REPLACE ((SELECT 1 FROM b.u) AS w) FROM a.t", "a.t b.u"),
                query("VALUES (1, (SELECT max(v) FROM a.t))", "a.t"),
                query("SELECT é.v FROM a.t AS é JOIN b.u ON é.id = u.id -- äöü 💧\n", "a.t b.u"),
                query("SELECT sum(v) OVER w FROM a.t WINDOW w AS (PARTITION BY id ORDER BY day)", "a.t"));
    }

    private static Arguments query(String sql, String tables) {
        return Arguments.of(sql, tables);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void areTheTablesThatTheQueryReads(String sql, String tables) {
        var model = Reading.query(sql).only();
        assertThat(model.dependencies().stream().map(TableName::toString))
                .containsExactly(tables.isEmpty() ? new String[0] : tables.split(" "));
    }

    /** What is put in place of the tables is all that the query still reads. */
    @ParameterizedTest
    @MethodSource("queries")
    void areReplacedWholly(String sql, String tables) {
        var model = Reading.query(sql).only();
        var relations = new TreeMap<TableName, String>();
        model.dependencies().forEach(table -> relations.put(table, "SELECT 1 AS id"));
        String filled = model.filled(Bindings.NONE, relations).text();
        assertThat(Reading.query(filled).only().dependencies()).isEmpty();
    }
}
