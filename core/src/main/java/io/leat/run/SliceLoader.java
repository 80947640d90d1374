package io.leat.run;

import io.leat.check.Answer;
import io.leat.project.Node;
import io.leat.schema.Contract;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.target.Target;
import io.leat.time.Grid;
import io.leat.time.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows one pipeline or model: what of it is due, what a slice would be made of now, and how to stage it. */
interface SliceLoader {

    /** What is loaded, and into what. */
    NodeTarget into();

    default Node node() {
        return into().node();
    }

    default Target target() {
        return into().target();
    }

    /** Of all that decides what the rows look like, apart from the source. */
    default String fingerprint() {
        return into().fingerprint();
    }

    /** Looks at what it reads, before anything is asked of it. Why it has to wait; empty: it need not. */
    Optional<String> prepare();

    /** What is to be loaded, once it is prepared. Claims nothing. */
    Due due(DueRequest request);

    /**
     * The wish to load a slice, whether it is due or not.
     *
     * @param newest its newest generation; empty if there is none
     * @param changed the cause if there has been one that ended
     * @param backfill what asks for it; null: the calendar
     */
    DueSlice wish(Slice slice, Optional<Record> newest, Cause changed, @Nullable String backfill);

    /** Its windows; empty if the whole source is one slice. */
    Optional<Grid> grid();

    /** What each slice would be made from now: equal tokens, equal rows. */
    Map<Slice, String> sourceTokens(Collection<Slice> slices);

    /** The columns of the staged rows, without those of provenance. */
    Contract contract();

    /**
     * Reads, judges and stages slices together; nothing becomes visible. Every slice comes back, staged or failed.
     *
     * @throws io.leat.name.PipelineException if the group cannot be staged as a whole; one of its slices may be the reason
     */
    List<StagedSlice> stage(List<Record> group);

    /** SQL aggregates over staged rows that the checks want to know; they are read together with what the gate wants. */
    List<String> aggregates();

    /**
     * What the checks say of staged slices, in their order.
     *
     * @param relation SQL that stands after FROM and holds their rows, with provenance
     * @param counted what the {@link #aggregates} gave, by the start of the window
     */
    List<List<Answer>> check(String relation, List<StagedSlice> slices, Map<Optional<Instant>, List<Long>> counted);
}
