package io.leat.cli;

import io.leat.cli.Finding.Verdict;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Override
    public Integer call() {
        var findings = new ArrayList<>(Machine.examine(Path.of(System.getProperty("java.io.tmpdir"))));
        session.output().print(FINDINGS, findings);
        boolean healthy = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
        return healthy ? 0 : 1;
    }
}
