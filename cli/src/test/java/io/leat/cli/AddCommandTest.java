package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pipelines drafted from files through the program, and loaded without an edit. */
class AddCommandTest {
    private static final String ORDERS = """
            order_id;customer;ordered_at;amount
            1;ann;2024-03-01 10:00;1.50
            2;bob;2024-03-02 11:30;20
            3;;2024-03-02 12:00;3
            """;

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void init() {
        assertThat(CommandRun.in(folder, "init", "shop").exitCode()).isZero();
        project = new SampleProject(folder.resolve("shop")).file("data/orders.csv", ORDERS);
    }

    @Test
    void writesAPipelineThatTheNextRunLoads() {
        CommandRun add = project.run("add", "data/orders.csv");

        assertThat(add.exitCode()).as(add.messages()).isZero();
        assertThat(add.data())
                .contains("wrote pipelines/orders.yaml: 3 rows of 4 columns for bronze.orders")
                .containsPattern("customer +string, may be empty")
                .contains("key: order_id");
        assertThat(add.messages()).contains("then `leat run`");
        assertThat(project.run("run").messages()).contains("3 rows read");
        assertThat(project.json("query", "SELECT sum(amount) AS amount FROM bronze.orders"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("amount").asDouble()).isEqualTo(24.5));
    }

    @Test
    void aDryRunShowsTheDraftAndWritesNothing() {
        String draft = project.data("add", "--dry-run", "data/orders.csv");

        assertThat(draft).contains("pipeline: orders", "order_id:", "delimiter: \";\"");
        assertThat(project.root().resolve("pipelines/orders.yaml")).doesNotExist();
    }

    @Test
    void aDraftCanBeReadByPrograms() throws IOException {
        JsonNode draft =
                project.json("add", "data/orders.csv", "--name", "sales_orders").getFirst();

        assertThat(draft.path("pipeline").asString()).isEqualTo("sales_orders");
        assertThat(draft.path("table").asString()).isEqualTo("bronze.sales_orders");
        assertThat(draft.path("rows").asInt()).isEqualTo(3);
        assertThat(draft.path("key")).hasSize(1);
        assertThat(draft.path("yaml").asString())
                .isEqualTo(Files.readString(project.root().resolve("pipelines/sales_orders.yaml")));
    }

    @Test
    void aNameThatCannotBeOneIsRefusedAndNothingIsWritten() {
        CommandRun add = project.run("add", "data/orders.csv", "--name", "Sales Orders");

        assertThat(add.exitCode()).isEqualTo(2);
        assertThat(add.messages()).contains("E503", "lower-case letters", "for example --name sales_2024");
        assertThat(project.root().resolve("pipelines/orders.yaml")).doesNotExist();
    }

    @Test
    void filesWithTheSameColumnsShareAPipeline() {
        project.file("data/trips-2023.csv", "id,metres\n1,10\n").file("data/trips-2024.csv", "id,metres\n2,20\n");

        assertThat(project.data("add", "data/trips-2023.csv", "data/trips-2024.csv"))
                .contains("2 rows of 2 columns");
        assertThat(project.run("run").messages()).contains("1 slice loaded, 2 rows read");
    }

    @Test
    void tellsWhatAPersonShouldLookAt() {
        project.file("data/odd.csv", "id,when\n1,01/02/2024\n2,03/04/2024\n");
        assertThat(project.data("add", "data/odd.csv")).contains("note: ");
    }
}
