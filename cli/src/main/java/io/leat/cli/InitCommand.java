package io.leat.cli;

import io.leat.cli.template.NewProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description = "Makes a new project: a folder with a commented leat.yaml and a place for everything.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat init sales", "  leat init            in this folder"})
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; this one if none is named.")
    Path folder = Path.of("");

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Path target = session.resolve(folder);
        var written = NewProject.write(target);
        var output = session.output();
        output.say("made the project " + NewProject.name(target) + " in " + target);
        written.forEach(file -> output.say("  " + file));
        output.say("next: `leat add FILE` drafts a pipeline from a file of yours, `leat run` loads it");
        return 0;
    }
}
