package io.leat.run;

import io.leat.name.PipelineName;
import io.leat.project.Node;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slices that a person named, whatever the calendar says of them.
 *
 * @param cause of the generations that are opened for those that have ended
 */
record WantedSlices(Map<PipelineName, List<Slice>> slices, Cause cause) implements Demand {

    WantedSlices {
        slices = Collections.unmodifiableMap(new HashMap<>(slices));
    }

    /** Those of some records. */
    static WantedSlices of(List<Record> records, Cause cause) {
        Map<PipelineName, List<Slice>> slices = new HashMap<>();
        records.forEach(record -> slices.computeIfAbsent(record.pipeline(), none -> new ArrayList<>())
                .add(record.slice()));
        return new WantedSlices(slices, cause);
    }

    @Override
    public boolean concerns(Node node) {
        return slices.containsKey(node.name());
    }

    @Override
    public Due due(Session session, SliceLoader loader, RunRequest request) {
        List<Slice> wanted = slices.getOrDefault(loader.node().name(), List.of());
        Map<Slice, Record> newest =
                session.state().records(session.environment(), loader.node().name(), wanted);
        return new Due(
                wanted.size(),
                wanted.stream()
                        .map(slice -> loader.wish(slice, Optional.ofNullable(newest.get(slice)), cause, null))
                        .iterator(),
                "nothing is wanted of it");
    }
}
