package io.leat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "relocate",
        description = {
            "After the lake's folder was moved: makes the tables of the environment readable at their new place.",
            "Tables that lie where they are expected are left alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mv old/sales new/sales && leat lake relocate --project new/sales"})
final class LakeRelocateCommand implements Callable<Integer> {
    private final Session session;

    LakeRelocateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            var moved = leat.chores().relocate();
            return LakeRestoration.print(
                    session.output(), moved, "nothing to do: every table lies where it is expected");
        }
    }
}
