package io.leat.model;

import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Mark;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelGraphTest {

    private static final Map<TableName, Mark> PIPELINES = Map.of(
            table("bronze.x"),
            Mark.whole(Path.of("pipelines/x.yaml")),
            table("bronze.y"),
            Mark.whole(Path.of("pipelines/y.yaml")));

    private final Problems problems = new Problems();

    /** Each model as {@code gold.a: bronze.x gold.b}. */
    private ModelGraph graph(String... models) {
        var files = new LinkedHashMap<String, String>();
        for (String model : models) {
            String[] parts = model.split(":");
            var query = new StringBuilder("SELECT 1 AS one");
            for (String read :
                    parts.length == 1 ? new String[0] : parts[1].strip().split(" ")) {
                query.append("\nUNION ALL SELECT one FROM ").append(read);
            }
            files.put("models/" + parts[0] + ".sql", "MODEL (name " + parts[0] + ", kind FULL);\n" + query);
        }
        var reading = Reading.of(files, Variables.NONE);
        reading.problems().throwIfAny();
        return ModelGraph.of(reading.models(), PIPELINES, problems);
    }

    private List<String> found() {
        return problems.sorted().stream().map(Reading::line).toList();
    }

    private static String names(Collection<?> names) {
        return String.join(" ", names.stream().map(Object::toString).toList());
    }

    @Test
    void ordersModelsAfterWhatTheyReadOtherwiseByName() {
        var graph = graph(
                "gold.a: gold.z",
                "gold.z: silver.m bronze.x",
                "silver.m: bronze.y",
                "silver.b",
                "gold.b: gold.a gold.z");
        assertThat(found()).isEmpty();
        assertThat(names(graph.order())).isEqualTo("silver.b silver.m gold.z gold.a gold.b");
    }

    @Test
    void knowsWhatATableComesFromAndWhatComesFromIt() {
        var graph = graph("gold.a: gold.z", "gold.z: silver.m bronze.x", "silver.m: bronze.y", "gold.b: gold.a gold.z");
        assertThat(names(graph.upstream(table("gold.a")))).isEqualTo("bronze.x bronze.y gold.z silver.m");
        assertThat(names(graph.downstream(table("bronze.y")))).isEqualTo("gold.a gold.b gold.z silver.m");
        assertThat(names(graph.reads(table("gold.b")))).isEqualTo("gold.a gold.z");
        assertThat(names(graph.readers(table("gold.z")))).isEqualTo("gold.a gold.b");
        assertThat(graph.upstream(table("bronze.x"))).isEmpty();
        assertThat(graph.downstream(table("gold.b"))).isEmpty();
        assertThat(graph.model(table("bronze.x"))).isEmpty();
    }

    @Test
    void refusesTablesThatNothingFills() {
        graph("gold.a: bronze.xx", "gold.b: gold.nothing_like_it");
        assertThat(found())
                .containsExactly(
                        "E106 models/gold.a.sql:3:27 nothing fills the table bronze.xx: no pipeline and no model",
                        "E106 models/gold.b.sql:3:27 nothing fills the table gold.nothing_like_it: no pipeline and no model");
        assertThat(problems.sorted().getFirst().hint()).isEqualTo("did you mean 'bronze.x'?");
        assertThat(problems.sorted().getLast().hint()).isNull();
    }

    @Test
    void blamesNobodyForWhatCouldNotBeRead() {
        problems.add(ErrorCode.SQL_SYNTAX, Mark.whole(Path.of("models/broken.sql")), "broken");
        graph("gold.a: gold.broken");
        assertThat(found()).containsExactly("E112 models/broken.sql broken");
    }

    @Test
    void refusesRingsAndTellsEachOnce() {
        graph(
                "gold.a: gold.b",
                "gold.b: gold.c",
                "gold.c: gold.a",
                "gold.d: gold.a",
                "gold.e: gold.e",
                "gold.f: gold.g",
                "gold.g: gold.f bronze.x");
        assertThat(found())
                .containsExactly(
                        "E108 models/gold.a.sql:3:27 models read each other in a circle: gold.a reads gold.b reads gold.c reads gold.a",
                        "E108 models/gold.e.sql:3:27 the model gold.e reads itself",
                        "E108 models/gold.f.sql:3:27 models read each other in a circle: gold.f reads gold.g reads gold.f");
    }

    @Test
    void refusesTablesThatAreFilledTwice() {
        var reading = Reading.of(
                Map.of(
                        "models/a.sql", "MODEL (name gold.a, kind FULL); SELECT 1 AS one",
                        "models/b.sql", "MODEL (kind FULL, name Gold.A); SELECT 1 AS one",
                        "models/c.sql", "MODEL (name bronze.x, kind FULL); SELECT 1 AS one",
                        "models/d.sql", "MODEL (name _metadata.all_models, kind FULL); SELECT 1 AS one"),
                Variables.NONE);
        ModelGraph.of(reading.models(), PIPELINES, problems);
        assertThat(found())
                .containsExactly(
                        "E107 models/b.sql:1:24 the table gold.a is filled twice: here and by the model at models/a.sql:1:13",
                        "E107 models/c.sql:1:13 the table bronze.x is filled twice: here and by the pipeline at pipelines/x.yaml",
                        "E107 models/d.sql:1:13 the table _metadata.all_models is filled twice: here and by Leat itself");
    }

    @Test
    void ordersAThousandModels() {
        var models = new String[1000];
        for (int i = 0; i < models.length; i++) {
            models[i] = "gold.m" + i + ":"
                    + (i == 0 ? " bronze.x" : " gold.m" + (i - 1) + (i > 7 ? " gold.m" + (i / 7) : ""));
        }
        var graph = graph(models);
        assertThat(found()).isEmpty();
        assertThat(graph.order()).hasSize(1000);
        assertThat(graph.order().getLast().name()).isEqualTo(table("gold.m999"));
        assertThat(graph.upstream(table("gold.m999"))).hasSize(1000);
    }
}
