package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "adopt",
        description = {
            "Lets pipelines write to tables that another program made, or that belonged to another state store.",
            "Rows that are there stay as they are, and no load ever replaces or counts them."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat adopt trips", "  leat adopt tag:warehouse"})
final class AdoptCommand implements Callable<Integer> {
    private static final Listing<Map.Entry<String, String>> ADOPTED = Listing.<Map.Entry<String, String>>empty()
            .with("target", Kind.TEXT, Map.Entry::getKey)
            .with("now", Kind.TEXT, Map.Entry::getValue);

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    AdoptCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (selected.include.isEmpty()) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "say of which pipelines the targets are to be adopted")
                    .withHint("`leat adopt trips`");
        }
        try (var leat = session.leat()) {
            Map<String, String> adopted =
                    leat.chores().adopt(selected.selection().of(leat.project().dag()));
            session.output().print(ADOPTED, List.copyOf(adopted.entrySet()));
            if (adopted.isEmpty()) {
                session.output().say("nothing to do: Leat may write to all of them");
            }
        }
        return 0;
    }
}
