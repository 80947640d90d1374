package io.leat.run;

import io.leat.project.Selection;
import io.leat.state.Backfill;
import java.util.OptionalInt;

/**
 * What a person wants to be filled or loaded again.
 *
 * @param maxActive claims of each pipeline at once; empty: as many as the pipeline may
 * @param downstream whether models that read what is loaded are loaded, too
 */
public record BackfillRequest(
        Backfill.Kind kind,
        Selection selection,
        Scope scope,
        Backfill.Reprocess reprocess,
        boolean newestFirst,
        OptionalInt maxActive,
        boolean downstream) {

    /** Windows that have no record are filled. */
    public static BackfillRequest fill(Selection selection, Scope scope) {
        return new BackfillRequest(
                Backfill.Kind.BACKFILL,
                selection,
                scope,
                Backfill.Reprocess.MISSING,
                false,
                OptionalInt.empty(),
                false);
    }

    /** All is loaded again, with the models that read it. */
    public static BackfillRequest restate(Selection selection, Scope scope) {
        return new BackfillRequest(
                Backfill.Kind.RESTATE,
                selection,
                scope,
                Backfill.Reprocess.COMPLETED,
                false,
                OptionalInt.empty(),
                true);
    }
}
