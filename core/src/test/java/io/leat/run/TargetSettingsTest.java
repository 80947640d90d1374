package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.leat.Leat;
import io.leat.config.ProblemsException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a project may say of a target outside the lake, before any server is asked. */
class TargetSettingsTest {

    @TempDir
    Path folder;

    private TestProject project(String target) {
        return TestProject.in(folder).file("leat.yaml", """
                        project: test
                        connections:
                          warehouse: { type: postgresql, host: db.example.org, database: shop, user: leat }
                        """).file("pipelines/orders.yaml", """
                        pipeline: orders
                        source: { files: data/orders.csv }
                        columns: { id: { type: integer } }
                        target: { %s }
                        """.formatted(target));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            connection: warehause, table: sales.orders | E106 | there is no connection 'warehause'
            connection: warehouse, table: leat_target.loads | E104 | the schema leat_target is not for tables of yours
            connection: warehouse, table: pg_catalog.loads | E104 | PostgreSQL's own
            connection: warehouse, table: orders | E104 | schema.name
            table: bronze.orders, keep_previous: true | E114 | the lake keeps earlier versions
            connection: warehouse, table: sales.orders, write: append, keep_previous: true | E104 | only `write: replace` replaces
            connection: warehouse, table: sales.orders, write: merge | E103 | `write: merge` needs 'key'
            connection: warehouse, table: sales.orders, url: x | E102 | url
            """)
    void whatCannotBeIsRefusedWithItsPlace(String target, String code, String words) {
        TestProject project = project(target);

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Leat.validate(project.place()))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.code()).hasToString(code);
                            assertThat(problem.message()).contains(words);
                            assertThat(problem.mark().toString()).startsWith("pipelines/orders.yaml:4:");
                        }));
    }

    @Test
    void aNameThatIsAlmostThatOfAConnectionIsSuggested() {
        TestProject project = project("connection: warehause, table: sales.orders");

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Leat.validate(project.place()))
                .withMessageContaining("warehouse");
    }

    @Test
    void aTableOutsideTheLakeIsNoTableOfTheLakeOfThatName() {
        TestProject project = project("connection: warehouse, table: sales.orders")
                .file("pipelines/other.yaml", """
                        pipeline: other
                        source: { files: data/orders.csv }
                        columns: { id: { type: integer } }
                        target: { table: sales.orders, write: merge, key: id }
                        """)
                .file("models/gold/orders.sql", "MODEL (name gold.orders, kind FULL);\nSELECT id FROM sales.orders\n");

        var nodes = Leat.validate(project.place()).dag().nodes();

        assertThat(nodes)
                .extracting(node -> node.name() + " -> " + node.target())
                .containsExactlyInAnyOrder(
                        "orders -> warehouse:sales.orders", "other -> sales.orders", "gold.orders -> gold.orders");
        var orders = nodes.stream()
                .filter(node -> node.name().value().equals("orders"))
                .toList();
        assertThat(Leat.validate(project.place()).dag().withDownstream(orders)).isEqualTo(orders);
    }
}
