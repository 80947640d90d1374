package io.leat.cli;

import io.leat.project.ProjectSchemas;
import java.util.Locale;
import java.util.Objects;
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
        String name = document == Document.PROJECT ? "leat" : "pipeline";
        session.data().print(Objects.requireNonNull(ProjectSchemas.schemas().get(name)));
        return 0;
    }
}
