package io.leat.run;

import io.leat.project.Node;
import io.leat.state.ClaimResult;
import io.leat.state.Claimant;
import io.leat.state.Owner;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One place in a process where slices are loaded, one group at a time: with a query session of its own. */
final class Slot {

    private final Session session;
    private final Function<Node, SliceLoader> factory;
    private final Map<Node, SliceLoader> loaders = new HashMap<>();

    Slot(Session session, Function<Node, SliceLoader> factory) {
        this.session = session;
        this.factory = factory;
    }

    /** What is due of a pipeline or model; how it is loaded is made up anew, by what is there now. */
    Due due(Node node, RunRequest request) {
        SliceLoader loader = factory.apply(node);
        loaders.put(node, loader);
        Optional<String> waiting = loader.prepare();
        return waiting.isPresent()
                ? Due.nothing(waiting.get())
                : request.demand().due(session, loader, request);
    }

    /** How the slices of a pipeline or model are claimed. */
    NodeTarget into(Node node) {
        return loader(node).into();
    }

    private SliceLoader loader(Node node) {
        return loaders.computeIfAbsent(node, factory);
    }

    /** Claims slices and takes those that were won through their phases. */
    List<SliceOutcome> load(Node node, List<DueSlice> slices, RunRequest request) {
        SliceLoader loader = loader(node);
        var claimant = new Claimant(
                Owner.current(),
                session.run(),
                loader.into().concurrency().lease(),
                loader.into().concurrency().maxActive());
        List<SliceOutcome> outcomes = new ArrayList<>();
        List<SliceRequest> requests = new ArrayList<>();
        for (DueSlice slice : slices) {
            var refusal = slice.refusal();
            if (refusal == null) {
                requests.add(slice.request());
            } else {
                Record record = session.state()
                        .refuse(
                                session.environment(),
                                node.name(),
                                slice.request(),
                                session.run(),
                                refusal.code(),
                                refusal.message());
                outcomes.add(Unloaded.refused(node, record));
            }
        }
        if (requests.isEmpty()) {
            return outcomes;
        }
        ClaimResult claim = session.state().claim(session.environment(), node.name(), requests, claimant);
        if (!claim.won().isEmpty()) {
            outcomes.addAll(new GroupLoad(session, loader, request.demand().onlyPhase()).load(claim.won()));
        }
        claim.lost().stream()
                .filter(lost -> lost.why() != ClaimResult.Why.DONE)
                .map(lost -> Unloaded.held(node, lost, label(requests, lost)))
                .forEach(outcomes::add);
        return outcomes;
    }

    private static String label(List<SliceRequest> requests, ClaimResult.Lost lost) {
        Record record = lost.record();
        return record != null
                ? record.label()
                : requests.stream()
                        .filter(request -> request.slice().equals(lost.slice()))
                        .map(SliceRequest::label)
                        .findFirst()
                        .orElse(lost.slice().text());
    }
}
