package io.leat.run;

import io.leat.check.Checks;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import io.leat.time.Slice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns by which rows say who loaded them. */
final class Provenances {

    private Provenances() {}

    /** The start of a window; null for slices of another kind. */
    static @Nullable Instant start(Slice slice) {
        return slice instanceof Slice.OfWindow(var window) ? window.start() : null;
    }

    /** The rows of a relation with the provenance of one slice behind their columns. */
    static String select(String relation, PipelineName pipeline, Slice slice) {
        Instant start = start(slice);
        return "SELECT *, %s AS %s, %s AS %s FROM %s"
                .formatted(
                        Sql.literal(pipeline.value()),
                        Sql.identifier(Provenance.PIPELINE),
                        start == null
                                ? "CAST(NULL AS TIMESTAMPTZ)"
                                : "make_timestamptz(" + start.getEpochSecond() * 1_000_000 + ")",
                        Sql.identifier(Provenance.WINDOW),
                        relation);
    }

    /** What checks are to know of a staged slice. */
    static Checks.Subject subject(StagedSlice slice) {
        var counts = slice.staged().counts();
        return new Checks.Subject(start(slice.record().slice()), counts.staged(), counts.read(), counts.rejected());
    }
}
