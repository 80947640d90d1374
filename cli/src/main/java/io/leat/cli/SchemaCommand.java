package io.leat.cli;

import io.leat.config.JsonSchema;
import io.leat.project.Pipeline;
import io.leat.project.Settings;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        description = "Prints the JSON Schema of a file, for editors that complete and check YAML.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat schema project > leat.schema.json",
            "  leat schema pipeline > pipeline.schema.json",
            "  and `# yaml-language-server: $schema=../pipeline.schema.json` as the first line of a pipeline"
        })
final class SchemaCommand implements Callable<Integer> {
    /** A file that users write. */
    enum Document {
        PROJECT,
        PIPELINE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "project (leat.yaml) or pipeline.")
    Document document = Document.PROJECT;

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.data().print(text(document));
        return 0;
    }

    static String text(Document document) {
        return switch (document) {
            case PROJECT -> JsonSchema.of("leat.yaml", Settings.SHAPE);
            case PIPELINE -> JsonSchema.of("A pipeline of Leat", Pipeline.shape(ZoneOffset.UTC, "", ""));
        };
    }
}
