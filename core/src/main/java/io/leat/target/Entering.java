package io.leat.target;

import io.leat.lake.Published;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.Load;
import io.leat.state.NewLoad;
import io.leat.state.Publication;
import io.leat.state.PublishResult;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enters loads into the state store that a target has published in a transaction of its own. They are published whatever becomes of
 * this: who claims their slices next finds them in the target.
 */
public final class Entering {
    private static final int MOST_UNKNOWN = 3;

    private final StateStore state;
    private final EnvironmentName environment;

    public Entering(StateStore state, EnvironmentName environment) {
        this.state = state;
        this.environment = environment;
    }

    /**
     * Enters what is not there yet; claims that were lost are left out, or with windows that leave everything is.
     *
     * @throws PipelineException E405 if it is unknown whether they were entered, and cannot be found out now
     */
    public Published enter(List<NewLoad> loads, Retirement retired) {
        Map<Long, Record> lost = new LinkedHashMap<>();
        List<Load> entered = new ArrayList<>();
        List<Record> records = new ArrayList<>();
        Set<Long> done = new HashSet<>();
        int unknowns = 0;
        while (true) {
            lookUp(loads, done, entered, records);
            List<NewLoad> open = loads.stream()
                    .filter(load -> !done.contains(load.record().id())
                            && !lost.containsKey(load.record().id()))
                    .toList();
            boolean withdrawn = !lost.isEmpty() && !retired.records().isEmpty();
            if (open.isEmpty() || withdrawn) {
                return new Published(entered, records, List.copyOf(lost.values()), null);
            }
            switch (state.publish(new Publication(environment, open, retired, List.of(), List.of()))) {
                case PublishResult.Published published -> {
                    entered.addAll(published.loads());
                    records.addAll(published.records());
                    return new Published(entered, records, List.copyOf(lost.values()), null);
                }
                case PublishResult.LostFences fenced -> fenced.lost().forEach(record -> lost.put(record.id(), record));
                case PublishResult.PointerMoved moved -> throw new IllegalStateException("no pointer was to be moved");
                case PublishResult.Unknown answerless -> {
                    if (++unknowns == MOST_UNKNOWN) {
                        throw unknownOutcome(answerless.cause());
                    }
                }
            }
        }
    }

    /** What an answer that was lost may have entered, or an earlier attempt. */
    private void lookUp(List<NewLoad> loads, Set<Long> done, List<Load> entered, List<Record> records) {
        for (NewLoad load : loads) {
            Optional<Load> there = state.loadById(load.loadId());
            if (there.isPresent() && done.add(load.record().id())) {
                entered.add(there.get());
                state.record(load.record().id()).ifPresent(records::add);
            }
        }
    }

    private static PipelineException unknownOutcome(PipelineException unknown) {
        return new PipelineException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "the rows are in the target, but the state store did not say whether it knows: "
                                + unknown.message(),
                        unknown)
                .withHint("run again: the loads are looked up before anything is loaded");
    }
}
