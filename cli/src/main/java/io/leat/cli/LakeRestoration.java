package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.cli.output.Output;
import io.leat.lake.LakeKeeper.Restored;
import java.util.List;

/** Tables that were recovered or relocated, as rows. */
final class LakeRestoration {
    private static final Listing<Restored> TABLES = Listing.<Restored>empty()
            .with("environment", Kind.TEXT, Restored::environment)
            .with("table", Kind.TEXT, Restored::table)
            .with("result", Kind.STATUS, restored -> restored.problem() == null ? "ok" : "failed")
            .withIfAny("problem", "problem", Kind.TEXT, Restored::problem);

    private LakeRestoration() {}

    /** Prints them and returns the exit code. */
    static int print(Output output, List<Restored> restored, String none) {
        if (restored.isEmpty()) {
            output.say(none);
        }
        output.print(TABLES, restored);
        return restored.stream().allMatch(table -> table.problem() == null) ? 0 : 1;
    }
}
