package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.state.StoreDescription;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "state",
        description = "Looks after the state store: what was loaded when, by whom and with which result.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat state info",
            "  leat state export state.jsonl --yes",
            "  leat state import state.jsonl          into the store that leat.yaml names now",
            "  leat state purge --older-than 90d --dry-run"
        })
final class StateCommand {

    /** A line of a listing: how many rows of something. */
    record Rows(String what, long rows) {
        static final Listing<Rows> OF_TABLES =
                Listing.<Rows>empty().with("table", Kind.TEXT, Rows::what).with("rows", Kind.NUMBER, Rows::rows);

        static List<Rows> of(StoreDescription store) {
            return store.rows().entrySet().stream().map(Rows::of).toList();
        }

        private static Rows of(Map.Entry<String, Long> table) {
            return new Rows(table.getKey(), table.getValue());
        }
    }

    static String total(long rows) {
        return Human.count(rows, "row", "rows");
    }
}
