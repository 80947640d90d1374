package io.leat.cli;

import io.leat.cli.output.Form;
import io.leat.cli.output.Human;
import io.leat.cli.output.Output;
import io.leat.cli.output.RowWriter;
import io.leat.name.ErrorCode;
import io.leat.project.Node;
import io.leat.run.NodeReport;
import io.leat.run.RunEvent;
import io.leat.run.RunListener;
import io.leat.run.RunReport;
import io.leat.run.SliceOutcome;
import io.leat.run.SliceOutcome.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows a run while it goes on, and sums it up: on a terminal a line that says how far it is; slices one by one if asked for, in
 * every form; else a row for each pipeline and model at the end. What failed is always said on standard error.
 */
final class RunScreen implements RunListener {
    /** How much is printed. */
    enum Detail {
        /** A row for each pipeline and model. */
        NODES,
        /** A row for each slice, by pipeline and model. */
        SLICES
    }

    private static final int MOST_NEXT = 4;

    private final Output output;
    private final Detail detail;
    private final ProgressLine progress;
    private final Map<Node, List<SliceOutcome>> waiting = new HashMap<>();
    private final Optional<RowWriter<SliceOutcome>> stream;
    private final Map<Node, Long> begun = new HashMap<>();
    private final Set<String> hints = new HashSet<>();
    private final Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
    private final List<String> more = new ArrayList<>();

    RunScreen(Output output, Detail detail) {
        this.output = output;
        this.detail = detail;
        this.stream = detail == Detail.SLICES && output.form().forPrograms()
                ? Optional.of(output.rows(OutcomeListing.slices()))
                : Optional.empty();
        this.progress = new ProgressLine(output.messages(), output.terminal().progress() && !output.quiet());
    }

    @Override
    public void event(RunEvent event) {
        switch (event) {
            case RunEvent.NodeStarted(Node node, long due) -> {
                begun.put(node, System.nanoTime());
                progress.show(node.name().value(), 0, due, 0, Duration.ZERO);
            }
            case RunEvent.NodeIdle(Node node, String reason) -> idle(node, reason);
            case RunEvent.SliceEnded(Node node, SliceOutcome outcome) -> ended(node, outcome);
            case RunEvent.Progress(Node node, long done, long due, long rows) ->
                progress.show(node.name().value(), done, due, rows, since(node));
            case RunEvent.NodeEnded(Node node, NodeReport report) -> ended(node, report);
        }
    }

    private boolean toldSliceBySlice() {
        return detail == Detail.SLICES && output.form() == Form.TABLE;
    }

    private void idle(Node node, String reason) {
        if (toldSliceBySlice()) {
            progress.clear();
            output.text(OutcomeListing.heading(node) + ": " + reason);
        }
    }

    private Duration since(Node node) {
        return Duration.ofNanos(System.nanoTime() - begun.getOrDefault(node, System.nanoTime()));
    }

    private void ended(Node node, SliceOutcome outcome) {
        stream.ifPresent(rows -> {
            rows.row(outcome);
            output.data().flush();
        });
        if (toldSliceBySlice()) {
            waiting.computeIfAbsent(node, none -> new ArrayList<>()).add(outcome);
        }
        if (outcome.result() == Result.FAILED
                || outcome.result() == Result.RETRYING
                || outcome.result() == Result.HELD) {
            progress.clear();
            String code = outcome.error() == null ? "" : " (" + outcome.error() + ")";
            output.warn(outcome.name() + " " + OutcomeListing.word(outcome.result()) + code + ": " + outcome.reason());
            advise(outcome);
        }
    }

    /** What helps against many failures of one kind is said once. */
    private void advise(SliceOutcome outcome) {
        if (!outcome.hint().isEmpty() && hints.add(outcome.hint())) {
            output.warn("  " + outcome.hint());
        }
        if (outcome.error() != null && codes.add(outcome.error())) {
            more.add("`leat explain " + outcome.error() + "`");
            if (outcome.name().contains("@")) {
                more.add("`leat why " + outcome.name() + "`");
            }
        }
    }

    private void ended(Node node, NodeReport report) {
        progress.clear();
        if (!toldSliceBySlice()) {
            return;
        }
        output.text("\n" + OutcomeListing.heading(node) + ": " + sum(report));
        List<SliceOutcome> outcomes = waiting.remove(node);
        output.print(OutcomeListing.slices(), outcomes == null ? List.of() : outcomes);
    }

    private static String sum(NodeReport report) {
        var counts = report.counts();
        var parts = new ArrayList<String>();
        parts.add(Human.count(counts.read()) + " read");
        parts.add(Human.count(counts.staged()) + " loaded");
        add(parts, counts.rejected(), "rejected");
        add(parts, counts.filtered(), "filtered");
        add(parts, counts.deduplicated(), "deduplicated");
        add(parts, report.skipped(), report.skipped() == 1 ? "slice skipped" : "slices skipped");
        add(parts, report.failed(), report.failed() == 1 ? "slice failed" : "slices failed");
        return String.join(", ", parts) + " in " + Human.duration(report.time());
    }

    private static void add(List<String> parts, long number, String what) {
        if (number > 0) {
            parts.add(Human.count(number) + " " + what);
        }
    }

    /** Prints what is left to say when the run is over. */
    void close(RunReport report) {
        progress.clear();
        if (detail == Detail.NODES) {
            output.print(OutcomeListing.nodes(), report.nodes());
        }
        stream.ifPresent(RowWriter::end);
        if (!more.isEmpty()) {
            output.warn("  more: " + more.stream().limit(MOST_NEXT).collect(Collectors.joining(", ")));
        }
        long loaded = report.nodes().stream().mapToLong(NodeReport::loaded).sum();
        long read =
                report.nodes().stream().mapToLong(node -> node.counts().read()).sum();
        String failed = report.failed() == 0 ? "" : ", " + Human.count(report.failed()) + " failed";
        output.say((loaded == 0 && report.failed() == 0
                        ? "nothing to do"
                        : Human.count(loaded, "slice", "slices") + " loaded" + failed + ", "
                                + Human.count(read, "row", "rows") + " read")
                + " in " + Human.duration(report.time()) + " (run " + report.run() + ")");
    }
}
