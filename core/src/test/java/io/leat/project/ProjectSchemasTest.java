package io.leat.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.SchemaValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Run with {@code -Dleat.rewrite=true} to write {@code docs/reference/project.md} anew. */
class ProjectSchemasTest {

    private static final Path REFERENCE = Path.of("../docs/reference/project.md");
    private static final Path DEMO = Path.of("../cli/src/main/resources/io/leat/cli/demo/pipelines");

    private final SchemaValidation pipeline =
            new SchemaValidation(Objects.requireNonNull(ProjectSchemas.shapes().get("pipeline")));
    private final SchemaValidation settings =
            new SchemaValidation(Objects.requireNonNull(ProjectSchemas.shapes().get("leat")));

    static Stream<Path> demoPipelines() throws IOException {
        try (Stream<Path> files = Files.list(DEMO)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("demoPipelines")
    void loaderAndSchemaTakeThePipelinesOfTheDemo(Path file) throws IOException {
        String yaml = Files.readString(file);
        assertThat(pipeline.byLoader(yaml)).isEmpty();
        assertThat(pipeline.bySchema(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{pipeline: a, source: {files: a.csv}}",
                "{source: {files: a.csv}, target: {table: bronze.a}}",
                "{pipeline: a, source: {files: a.csv}, target: {table: bronze.a}, stepz: []}",
                "{pipeline: a, source: {files: a.csv}, target: {table: bronze.a, write: sometimes}}",
                "{pipeline: a, source: {files: a.csv}, target: {table: bronze.a}, steps: [{trimm: [a]}]}",
                "{pipeline: a, source: {files: a.csv}, target: {table: bronze.a}, checks: [{rows: {least: 1}}]}",
                "{pipeline: a, source: {}, target: {table: bronze.a}}"
            })
    void loaderAndSchemaRefuseTheSamePipelines(String yaml) {
        assertThat(pipeline.byLoader(yaml)).isNotEmpty();
        assertThat(pipeline.bySchema(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{project: a}",
                "{project: a, state: somewhere/state.db}",
                "{project: a, state: {connection: s}, connections: {s: {type: postgresql, host: h, database: d, user: u}}}",
                "{project: a, connections: {s: {type: postgresql, host: '::1', port: 5433, database: d, user: u,"
                        + " password: x, schema: leat_two, tls: verify-full}}}"
            })
    void loaderAndSchemaTakeTheSameSettings(String yaml) {
        assertThat(settings.byLoader(yaml)).isEmpty();
        assertThat(settings.bySchema(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{project: a, storrage: x}",
                "{project: a, defaults: {timezone: 5}}",
                "{project: [a]}",
                "{project: a, state: {}}",
                "{project: a, connections: {s: {host: h, database: d, user: u}}}",
                "{project: a, connections: {s: {type: oracle, host: h, database: d, user: u}}}",
                "{project: a, connections: {s: {type: postgresql, host: 'h?ssl=off', database: d, user: u}}}",
                "{project: a, connections: {s: {type: postgresql, host: h, database: d, user: u, schema: 'a b'}}}",
                "{project: a, connections: {s: {type: postgresql, host: h, database: d, user: u, tls: perhaps}}}",
                "{project: a, connections: {s: {type: postgresql, host: h, database: d, user: u, options: x}}}"
            })
    void loaderAndSchemaRefuseTheSameSettings(String yaml) {
        assertThat(settings.byLoader(yaml)).isNotEmpty();
        assertThat(settings.bySchema(yaml)).isNotEmpty();
    }

    @Test
    void theReferenceHoldsEveryKey() throws IOException {
        String expected = ProjectSchemas.reference();
        if (Boolean.getBoolean("leat.rewrite")) {
            Files.writeString(REFERENCE, expected);
        }
        assertThat(REFERENCE).hasContent(expected);
    }
}
