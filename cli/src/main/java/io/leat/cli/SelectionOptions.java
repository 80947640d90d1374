package io.leat.cli;

import io.leat.project.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipelines and models, and which time: the same grammar for every command. */
final class SelectionOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "SELECTOR",
            description =
                    "Names of pipelines and models (trips, gold.*), tag:NAME, path:FOLDER; +NAME adds what it reads, "
                            + "NAME+ what reads it. All if none is given.")
    List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "SELECTOR", description = "Leaves these out.")
    List<String> exclude = new ArrayList<>();

    Selection selection() {
        return new Selection(include, exclude);
    }
}
