package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Node;
import io.leat.run.NodeReport;
import io.leat.run.SliceOutcome;
import io.leat.state.CheckResult;
import io.leat.state.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run did, as rows: a row for each slice, or for each pipeline and model. */
final class OutcomeListing {
    private OutcomeListing() {}

    static Listing<SliceOutcome> slices() {
        return Listing.<SliceOutcome>empty()
                .with("name", Kind.TEXT, SliceOutcome::name)
                .with("result", Kind.STATUS, outcome -> word(outcome.result()))
                .with("read", Kind.NUMBER, outcome -> outcome.counts().read())
                .with("loaded", Kind.NUMBER, outcome -> outcome.counts().staged())
                .withIfAny(
                        "rejected",
                        "rejected",
                        Kind.NUMBER,
                        outcome -> outcome.counts().rejected())
                .withIfAny(
                        "filtered",
                        "filtered",
                        Kind.NUMBER,
                        outcome -> outcome.counts().filtered())
                .withIfAny(
                        "deduplicated",
                        "dedup.",
                        Kind.NUMBER,
                        outcome -> outcome.counts().deduplicated())
                .withIfAny("rejects", "rejected as", Kind.TEXT, outcome -> codes(outcome.rejects()))
                .withIfAny("checks", "checks", Kind.TEXT, outcome -> checks(outcome.checks()))
                .with("time_ms", "time", Kind.MILLIS, outcome -> outcome.time().toMillis())
                .withIfAny("reason", "audit or reason", Kind.TEXT, SliceOutcome::reason)
                .withDetail("error_code", SliceOutcome::error)
                .withDetail("hint", outcome -> outcome.hint().isEmpty() ? null : outcome.hint())
                .withDetail("pipeline", SliceOutcome::pipeline)
                .withDetail("slice", outcome -> outcome.slice().text())
                .withDetail("label", SliceOutcome::label)
                .withDetail("expansion", outcome -> outcome.counts().expansion());
    }

    static Listing<NodeReport> nodes() {
        return Listing.<NodeReport>empty()
                .with("name", Kind.TEXT, report -> report.node().name())
                .with("kind", Kind.TEXT, report -> word(report.node().kind()))
                .with("slices_loaded", "slices", Kind.NUMBER, NodeReport::loaded)
                .withIfAny("slices_skipped", "skipped", Kind.NUMBER, NodeReport::skipped)
                .withIfAny("slices_failed", "failed", Kind.NUMBER, NodeReport::failed)
                .with("read", Kind.NUMBER, report -> report.counts().read())
                .with("loaded", Kind.NUMBER, report -> report.counts().staged())
                .withIfAny(
                        "rejected",
                        "rejected",
                        Kind.NUMBER,
                        report -> report.counts().rejected())
                .withIfAny(
                        "filtered",
                        "filtered",
                        Kind.NUMBER,
                        report -> report.counts().filtered())
                .withIfAny(
                        "deduplicated",
                        "dedup.",
                        Kind.NUMBER,
                        report -> report.counts().deduplicated())
                .with("time_ms", "time", Kind.MILLIS, report -> report.time().toMillis())
                .withIfAny("note", "note", Kind.TEXT, OutcomeListing::note)
                .withDetail("slices_held", NodeReport::held)
                .withDetail("expansion", report -> report.counts().expansion())
                .withDetail("rejects", NodeReport::rejects);
    }

    private static String note(NodeReport report) {
        var parts = new ArrayList<String>();
        if (!report.idle().isEmpty()) {
            parts.add(report.idle());
        }
        if (report.held() > 0) {
            parts.add(report.held() + " held by another run");
        }
        String rejects = codes(report.rejects());
        if (!rejects.isEmpty()) {
            parts.add("rejected as " + rejects);
        }
        return String.join("; ", parts);
    }

    /** {@code 3 TYPE, 1 LOOKUP}: the most frequent first. */
    static String codes(Map<String, Long> rejects) {
        return rejects.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String checks(List<CheckResult> checks) {
        long passed =
                checks.stream().filter(check -> check.verdict() == Verdict.PASS).count();
        var parts = new ArrayList<String>();
        if (passed > 0) {
            parts.add(passed + " passed");
        }
        checks.stream()
                .filter(check -> check.verdict() != Verdict.PASS)
                .forEach(check -> parts.add(check.name() + " " + word(check.verdict())));
        return String.join(", ", parts);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What a node is and fills, as a heading. */
    static String heading(Node node) {
        return node.kind() == Node.Kind.PIPELINE ? node.name() + " -> " + node.target() : "model " + node.name();
    }
}
