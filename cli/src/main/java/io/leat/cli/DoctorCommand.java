package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.Finding.Verdict;
import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.PipelineException;
import io.leat.project.Project;
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
        try (var project = session.project()) {
            var valid = Finding.ok("project", folder + " is valid");
            var storage = Machine.space("storage", project.storage());
            var state = ofState(project);
            return state.verdict() == Verdict.FAIL
                    ? List.of(valid, storage, state)
                    : List.of(valid, storage, state, ofLake());
        } catch (PipelineException failure) {
            return List.of(failed("project", "", failure));
        }
    }

    private static Finding ofState(Project project) {
        try (var state = Leat.openState(project)) {
            return Finding.ok("state", project.state() + " opens, store " + state.storeId());
        } catch (PipelineException failure) {
            return failed("state", project.state() + ": ", failure);
        }
    }

    private Finding ofLake() {
        try (var leat = session.leat()) {
            return Finding.ok(
                    "lake",
                    Human.count(
                            leat.state().tables(leat.project().environment()).size(), "table", "tables"));
        } catch (PipelineException failure) {
            return failed("lake", "", failure);
        }
    }

    private static Finding failed(String subject, String where, PipelineException failure) {
        String first = failure.message().lines().findFirst().orElse("");
        String explain = "`leat explain " + failure.code() + "`";
        return Finding.fail(
                subject,
                where + failure.code() + ": " + first,
                failure.hint().map(hint -> hint + " " + explain).orElse("`leat validate`, " + explain));
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
