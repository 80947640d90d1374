package io.leat.cli;

import io.leat.cli.RunScreen.Detail;
import io.leat.project.Node;
import io.leat.run.RunRequest;
import io.leat.state.Phase;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Loads everything that is due and computes the models that depend on it.",
            "What is complete is never loaded again. What another run has in work is left to it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat run                              everything that is due",
            "  leat run trips+                       trips and all that reads it",
            "  leat run tag:daily --exclude climate",
            "  leat run trips --start 2024-03-10 --end 2024-03-11",
            "  leat run --only ingest -o ndjson      pipelines, a line for each slice"
        })
final class RunCommand implements Callable<Integer> {
    /** A part of the work. */
    enum Part {
        INGEST(Node.Kind.PIPELINE),
        TRANSFORM(Node.Kind.MODEL);

        private final Node.Kind kind;

        Part(Node.Kind kind) {
            this.kind = kind;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Mixin
    final BoundsOptions bounds = new BoundsOptions();

    @Option(names = "--only", paramLabel = "PART", description = "ingest (pipelines) or transform (models).")
    @Nullable
    Part only;

    @Option(
            names = "--only-phase",
            paramLabel = "PHASE",
            description = "source_to_stage, stage_to_target or audit: records are taken through it alone, then wait.")
    @Nullable
    Phase phase;

    @Mixin
    final SlotsOption slots = new SlotsOption();

    @Option(names = "--each", description = "Prints each slice, not only each pipeline and model.")
    boolean each;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var kind = Optional.ofNullable(only).map(part -> part.kind);
        var request = new RunRequest(selected.selection(), bounds.scope(), kind).withSlots(slots.slots());
        Phase alone = phase;
        if (alone != null) {
            request = request.onlyPhase(alone);
        }
        boolean slices = each || alone != null || session.options().form.forPrograms();
        return new ProjectRun(session).run(request, slices ? Detail.SLICES : Detail.NODES);
    }
}
