package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.state.Completion;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.Violation;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Counts what readers see and compares it with the ledger: after publishing, and before a load is believed to be there. */
final class RowCount {

    private final Session session;
    private final SliceLoader loader;

    RowCount(Session session, SliceLoader loader) {
        this.session = session;
        this.loader = loader;
    }

    /** Records whose audit passed, and those where readers see another number of rows than the ledger says. */
    record Findings(List<Completion> passed, List<Violation> violated) {}

    /** The slices whose published load was made of the same source by the same pipeline, and is all there. */
    Set<Slice> unchanged(Map<Slice, Load> loads, Map<Slice, String> tokens) {
        String fingerprint = loader.fingerprint();
        List<Load> same = loads.values().stream()
                .filter(load -> load.quarantine() == null)
                .filter(load -> fingerprint.equals(load.fingerprint()))
                .filter(load ->
                        load.sourceToken() != null && Objects.equals(load.sourceToken(), tokens.get(load.slice())))
                .toList();
        if (same.isEmpty()) {
            return Set.of();
        }
        Optional<String> version = loader.target().version();
        List<Load> uncounted = same.stream()
                .filter(load -> version.filter(now -> counted().complete(load.loadId(), now))
                        .isEmpty())
                .toList();
        Set<Slice> unchanged = new LinkedHashSet<>();
        same.stream().filter(load -> !uncounted.contains(load)).forEach(load -> unchanged.add(load.slice()));
        unchanged.addAll(complete(uncounted, version));
        return unchanged;
    }

    private Set<Slice> complete(List<Load> loads, Optional<String> version) {
        if (loads.isEmpty()) {
            return Set.of();
        }
        Map<Slice, Long> expected = expected(loads);
        Map<Slice, Long> found = count(expected.keySet());
        Set<Slice> complete = new LinkedHashSet<>();
        for (Load load : loads) {
            if (Objects.equals(expected.get(load.slice()), found.getOrDefault(load.slice(), 0L))) {
                complete.add(load.slice());
                version.ifPresent(now -> counted().found(load.loadId(), now));
            }
        }
        return complete;
    }

    private Counted counted() {
        return session.known().counted();
    }

    Findings recount(List<Record> published) {
        List<Slice> slices = published.stream().map(Record::slice).toList();
        Map<Slice, Load> loads =
                session.state().loads(session.environment(), loader.node().name(), slices);
        Map<Slice, Long> expected = expected(loads.values());
        Map<Slice, Long> found = count(slices);
        List<Completion> passed = new ArrayList<>();
        List<Violation> violated = new ArrayList<>();
        for (Record record : published) {
            long rows = found.getOrDefault(record.slice(), 0L);
            Long ledger = expected.get(record.slice());
            if (ledger != null && ledger == rows) {
                passed.add(new Completion(record, rows));
            } else {
                violated.add(new Violation(
                        record,
                        rows,
                        ErrorCode.INTEGRITY,
                        "the ledger says %,d rows, readers see %,d".formatted(ledger == null ? 0 : ledger, rows)));
            }
        }
        return new Findings(passed, violated);
    }

    /** How many rows readers must see of each slice: those of its load, or of all of its loads if they add up. */
    private Map<Slice, Long> expected(Collection<Load> loads) {
        Map<Slice, Long> rows = new HashMap<>();
        for (Load load : loads) {
            long sum = loader.target().write().replaces()
                    ? load.rows()
                    : session
                            .state()
                            .loadHistory(session.environment(), loader.node().name(), load.slice())
                            .stream()
                            .mapToLong(Load::rows)
                            .sum();
            rows.put(load.slice(), sum);
        }
        loader.target()
                .unentered(loader.node().name(), List.copyOf(rows.keySet()))
                .forEach((slice, more) -> rows.merge(slice, more, Long::sum));
        return rows;
    }

    private Map<Slice, Long> count(Collection<Slice> slices) {
        return loader.target().recount(session.duck(), loader.node().name(), slices);
    }
}
