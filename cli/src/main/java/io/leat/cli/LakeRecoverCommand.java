package io.leat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "recover",
        description = {
            "For the day on which the state store was lost: enters the tables that lie in the lake into the new one.",
            "The ledger is not restored: every slice is due again and replaces its own rows. The lake belongs to this project's",
            "state store from then on."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat lake recover", "  leat lake recover && leat run"})
final class LakeRecoverCommand implements Callable<Integer> {
    private final Session session;

    LakeRecoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.adoptingLeat()) {
            var restored = leat.chores().recover();
            return LakeRestoration.print(
                    session.output(), restored, "nothing to recover: the catalog knows every table");
        }
    }
}
