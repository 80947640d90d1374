package io.leat.run;

import io.leat.check.Answer;
import io.leat.project.Node;
import io.leat.schema.Contract;
import io.leat.state.Record;
import io.leat.target.Target;
import io.leat.time.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

    /** What is to be loaded. May read sources; claims nothing. */
    Due due(DueRequest request);

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

    /**
     * What the checks say of staged slices, in their order.
     *
     * @param relation SQL that stands after FROM and holds their rows, with provenance
     */
    List<List<Answer>> check(String relation, List<StagedSlice> slices);
}
