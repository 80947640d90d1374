package io.leat.cli;

import io.leat.cli.RunScreen.Detail;
import io.leat.cli.demo.DemoProject;
import io.leat.cli.template.TargetFolder;
import io.leat.run.RunRequest;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "demo",
        description = {
            "Writes a demo project with untidy data into a new folder, runs it end to end, and prints what happened,",
            "window by window. Run again, it skips what is complete and says why."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat demo", "  leat demo /tmp/demo"})
final class DemoCommand implements Callable<Integer> {
    private static final Path DEFAULT = Path.of("leat-demo");

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; leat-demo if none is named.")
    Path folder = DEFAULT;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Path target = session.resolve(folder);
        var output = session.output();
        if (DemoProject.isIn(target)) {
            output.say("the demo project is in " + target + " already: running it again");
        } else {
            if (!DemoProject.isBegunIn(target)) {
                TargetFolder.requireFree(target);
            }
            LocalStore.createFolders(target);
            DemoProject.write(target, DemoProject.SEED);
            output.say("wrote the demo project to " + target);
        }
        session.options().project = target;
        int code = new ProjectRun(session).run(RunRequest.EVERYTHING, Detail.SLICES);
        output.say("""

                Try next:
                  cd %s
                  leat status                            what is loaded, what is due
                  leat windows trips_spring              window by window, with the short one when clocks go forward
                  leat rejects --count                   what was refused, by code; manifest/defects.ndjson is the expectation
                  leat why trips_spring@2024-03-10T02    the story of one window
                  leat query "FROM gold.trips_by_day"    SQL over the tables
                  leat run                               nothing to do, and why
                Or change `ambiguous: reject` to `earlier` in pipelines/trips_autumn.yaml and run again.""".formatted(folder));
        return code;
    }
}
