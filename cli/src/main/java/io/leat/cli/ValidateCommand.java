package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Project;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "validate",
        description = {
            "Reads the whole project and lists every problem in it, with file, line and column.",
            "Exit code 3 if there is one. Touches neither data nor state."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat validate", "  leat validate -o json", "  leat validate --env qa"})
final class ValidateCommand implements Callable<Integer> {
    private final Session session;

    ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Project project = session.project();
        var listing = Listing.<Project>empty()
                .with("project", Kind.TEXT, each -> each.settings().name())
                .with("environment", Kind.TEXT, Project::environment)
                .with("pipelines", Kind.NUMBER, each -> each.pipelines().size())
                .with("models", Kind.NUMBER, each -> each.models().size())
                .withDetail("root", Project::root);
        var output = session.output();
        if (output.form().forPrograms()) {
            output.print(listing, List.of(project));
        } else {
            output.text("valid: " + Human.count(project.pipelines().size(), "pipeline", "pipelines") + ", "
                    + Human.count(project.models().size(), "model", "models"));
        }
        return 0;
    }
}
