package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.project.Plugins;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of records that a jar in the project's folder computes. */
class PluginsTest {

    private static final String TRIPS = """
            pipeline: trips
            source: { files: data/*.csv }
            window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-03 }
            columns: { started: { type: local_timestamp } }
            target: { table: bronze.trips }
            record_keys: { key_x: { use: season } }
            """;

    private static final String SEASON = """
            package org.example;

            import io.leat.project.RecordKey;

            public final class Season implements RecordKey {
                @Override public String name() { return "season"; }

                @Override public String value(Subject subject) {
                    return subject.pipeline() + "/" + subject.label().getDayOfYear() + "/" + subject.zone();
                }
            }
            """;

    @TempDir
    Path folder;

    @TempDir
    Path classes;

    private void jar(String name, String service) throws IOException {
        Path source = Files.createDirectories(classes.resolve("org/example")).resolve("Season.java");
        Files.writeString(source, SEASON);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(compiled).isZero();
        Path jar = Files.createDirectories(folder.resolve("lib")).resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/io.leat.project.RecordKey"));
            out.write(service.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("org/example/Season.class"));
            out.write(Files.readAllBytes(classes.resolve("org/example/Season.class")));
        }
    }

    private TestProject project() {
        return TestProject.in(folder)
                .file("pipelines/trips.yaml", TRIPS)
                .file("data/1.csv", "started\n2024-01-02 10:00:00\n");
    }

    @Test
    void computeKeysOfRecords() throws IOException {
        jar("seasons.jar", "org.example.Season");
        TestProject project = project();

        assertThat(node(project.run(), "trips").loaded()).isEqualTo(2);

        List<Record> records = project.ask(leat -> leat.state()
                .records(RecordQuery.of(leat.project().environment()).pipeline(new PipelineName("trips"))));
        assertThat(records)
                .extracting(Record::recordKeys)
                .containsExactlyInAnyOrder("{\"key_x\":\"trips/1/UTC\"}", "{\"key_x\":\"trips/2/UTC\"}");
        List<Plugins.Plugin> plugins =
                project.ask(leat -> leat.project().plugins().list());
        assertThat(plugins)
                .containsExactly(new Plugins.Plugin(
                        "record key", "season", "org.example.Season", folder.resolve("lib/seasons.jar")));
    }

    @Test
    void aKeyThatNoJarHasIsAProblemOfTheProject() {
        PipelineException failure =
                catchThrowableOfType(PipelineException.class, () -> project().run());

        assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
        assertThat(failure).hasMessageContaining("'season'");
    }

    @Test
    void aJarThatNamesAClassWhichItDoesNotHaveIsNamed() throws IOException {
        jar("seasons.jar", "org.example.Autumn");

        PipelineException failure =
                catchThrowableOfType(PipelineException.class, () -> project().run());

        assertThat(failure.code()).isEqualTo(ErrorCode.PLUGIN);
        assertThat(failure).hasMessageContaining("org.example.Autumn");
    }
}
