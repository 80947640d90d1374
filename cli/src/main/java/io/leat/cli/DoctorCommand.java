package io.leat.cli;

import io.leat.cli.Finding.Verdict;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = "Examines the machine and the project, and says what to do about what it finds.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat doctor", "  leat doctor --project sales -o json"})
final class DoctorCommand implements Callable<Integer> {
    private static final Listing<Finding> FINDINGS = Listing.<Finding>empty()
            .with("subject", Kind.TEXT, Finding::subject)
            .with("verdict", Kind.STATUS, Finding::verdict)
            .with("finding", Kind.TEXT, Finding::finding)
            .with("advice", Kind.TEXT, Finding::advice);

    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    private List<Finding> ofProject(Path folder) {
        try (var leat = session.leat()) {
            var project = leat.project();
            var valid = Finding.ok("project", folder + " is valid");
            var state = Finding.ok(
                    "state", project.state() + " opens, store " + leat.state().storeId());
            return List.of(valid, Machine.space("storage", project.storage()), state);
        } catch (PipelineException failure) {
            String first = failure.message().lines().findFirst().orElse("");
            return List.of(Finding.fail(
                    "project",
                    failure.code() + ": " + first,
                    "`leat validate`, `leat explain " + failure.code() + "`"));
        }
    }

    @Override
    public Integer call() {
        var findings = new ArrayList<>(Machine.examine(Path.of(System.getProperty("java.io.tmpdir"))));
        session.findProject().ifPresent(project -> findings.addAll(ofProject(project)));
        session.output().print(FINDINGS, findings);
        boolean healthy = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
        return healthy ? 0 : 1;
    }
}
