package io.leat.run;

import io.leat.project.Node;
import io.leat.state.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run did with one pipeline or model.
 *
 * @param rejects rejected rows by code
 * @param failures the first outcomes that failed, at most {@link #KEPT}
 * @param idle why there was nothing to do, or what it waits for; empty if there was something to do
 */
public record NodeReport(
        Node node,
        long loaded,
        long skipped,
        long failed,
        long held,
        Counts counts,
        Map<String, Long> rejects,
        List<SliceOutcome> failures,
        String idle,
        Duration time) {

    static final int KEPT = 100;

    static NodeReport empty(Node node) {
        return new NodeReport(node, 0, 0, 0, 0, Counts.NONE, Map.of(), List.of(), "", Duration.ZERO);
    }

    static NodeReport idle(Node node, String reason) {
        return new NodeReport(node, 0, 0, 0, 0, Counts.NONE, Map.of(), List.of(), reason, Duration.ZERO);
    }

    NodeReport plus(SliceOutcome outcome) {
        var codes = new TreeMap<>(rejects);
        var failing = failures;
        if (outcome.result() == SliceOutcome.Result.LOADED) {
            outcome.rejects().forEach((code, rows) -> codes.merge(code, rows, Long::sum));
        } else if (outcome.result() == SliceOutcome.Result.FAILED && failures.size() < KEPT) {
            failing = new ArrayList<>(failures);
            failing.add(outcome);
        }
        return new NodeReport(
                node,
                loaded + one(outcome, SliceOutcome.Result.LOADED),
                skipped + one(outcome, SliceOutcome.Result.SKIPPED),
                failed + one(outcome, SliceOutcome.Result.FAILED),
                held + one(outcome, SliceOutcome.Result.HELD),
                outcome.result() == SliceOutcome.Result.LOADED ? sum(counts, outcome.counts()) : counts,
                codes,
                failing,
                idle,
                time);
    }

    /** What both did. */
    NodeReport plus(NodeReport other) {
        var codes = new TreeMap<>(rejects);
        other.rejects.forEach((code, rows) -> codes.merge(code, rows, Long::sum));
        return new NodeReport(
                node,
                loaded + other.loaded,
                skipped + other.skipped,
                failed + other.failed,
                held + other.held,
                sum(counts, other.counts),
                codes,
                Stream.concat(failures.stream(), other.failures.stream())
                        .limit(KEPT)
                        .toList(),
                other.idle,
                time.plus(other.time));
    }

    NodeReport took(Duration whole) {
        return new NodeReport(node, loaded, skipped, failed, held, counts, rejects, failures, idle, whole);
    }

    private static long one(SliceOutcome outcome, SliceOutcome.Result wanted) {
        return outcome.result() == wanted ? 1 : 0;
    }

    private static Counts sum(Counts a, Counts b) {
        return new Counts(
                a.read() + b.read(),
                a.staged() + b.staged(),
                a.rejected() + b.rejected(),
                a.filtered() + b.filtered(),
                a.deduplicated() + b.deduplicated(),
                a.expansion() + b.expansion());
    }
}
