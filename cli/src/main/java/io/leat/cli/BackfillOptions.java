package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.cli.output.Output;
import io.leat.run.BackfillPlan;
import io.leat.run.BackfillRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands have in common that load slices because somebody asked: look first, then do it here or leave it to workers. */
final class BackfillOptions {
    private static final Listing<BackfillPlan.Item> ITEMS = Listing.<BackfillPlan.Item>empty()
            .with("name", Kind.TEXT, BackfillPlan.Item::name)
            .with("pipeline_status", "status now", Kind.STATUS, BackfillPlan.Item::status)
            .with("rows", "rows now", Kind.NUMBER, BackfillPlan.Item::rows)
            .with("loaded_at", "loaded at", Kind.TEXT, BackfillPlan.Item::loadedAt);

    private static final Listing<BackfillPlan.Part> PARTS = Listing.<BackfillPlan.Part>empty()
            .with("pipeline", Kind.TEXT, part -> part.range().pipeline())
            .with("target", Kind.TEXT, BackfillPlan.Part::target)
            .with("slices", Kind.NUMBER, part -> part.range().slices())
            .with("rows", "rows now", Kind.NUMBER, BackfillPlan.Part::rows)
            .with("because", Kind.TEXT, part -> part.named() ? "selected" : "reads what is loaded")
            .withDetail(
                    "range_start",
                    part -> part.range().bounds() == null
                            ? null
                            : part.range().bounds().start())
            .withDetail(
                    "range_end",
                    part -> part.range().bounds() == null
                            ? null
                            : part.range().bounds().end());

    @Option(names = "--dry-run", description = "Prints the exact list of what would be loaded, and changes nothing.")
    boolean dryRun;

    @Option(names = "--detach", description = "Only writes it down: workers carry it out.")
    boolean detach;

    @Mixin
    final SlotsOption slots = new SlotsOption();

    /** Plans, tells, and carries out; the exit code. */
    int done(Session session, BackfillRequest request) {
        int wanted = slots.slots();
        BackfillPlan plan;
        String started;
        try (var leat = session.leat()) {
            plan = leat.backfills().plan(request);
            Output output = session.output();
            if (dryRun) {
                output.print(ITEMS, leat.backfills().items(plan));
                output.say(total(plan) + " would be loaded; nothing was changed");
                return 0;
            }
            if (plan.parts().isEmpty()) {
                output.say("nothing to do: every slice is as it is asked for");
                return 0;
            }
            started = start(leat, plan, output);
        }
        return detach ? 0 : new ProjectRun(session).carryOut(started, wanted);
    }

    private String start(Leat leat, BackfillPlan plan, Output output) {
        String id = leat.backfills().start(plan).id();
        if (detach) {
            output.print(PARTS, plan.parts());
        }
        output.say(id + ": " + total(plan)
                + (detach
                        ? "; workers carry it out, `leat backfills` shows how far it is"
                        : "; `leat backfills pause " + id + "` pauses it"));
        return id;
    }

    private static String total(BackfillPlan plan) {
        long rows = plan.parts().stream().mapToLong(BackfillPlan.Part::rows).sum();
        return Human.count(plan.slices(), "slice", "slices") + " of "
                + Human.count(plan.parts().size(), "table", "tables") + " with " + Human.count(rows, "row", "rows");
    }
}
