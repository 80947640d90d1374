package io.leat.cli;

import io.leat.cli.output.JsonText;
import io.leat.project.Node;
import io.leat.run.RunEvent;
import io.leat.run.RunListener;
import io.leat.run.SliceOutcome;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object on a line for each step of a run, for logs: where standard error is no terminal. */
final class StepLog implements RunListener {
    private final PrintStream log;

    StepLog(PrintStream log) {
        this.log = log;
    }

    @Override
    public void event(RunEvent event) {
        switch (event) {
            case RunEvent.NodeStarted started -> {
                var fields = line("started", started.node());
                fields.put("due", started.due());
                write(fields);
            }
            case RunEvent.NodeIdle idle -> {
                var fields = line("idle", idle.node());
                fields.put("reason", idle.reason());
                write(fields);
            }
            case RunEvent.SliceEnded ended -> slice(ended.node(), ended.outcome());
            case RunEvent.Progress ignored -> {}
            case RunEvent.NodeEnded ended -> {
                var fields = line("ended", ended.node());
                fields.put("slices_loaded", ended.report().loaded());
                fields.put("slices_skipped", ended.report().skipped());
                fields.put("slices_failed", ended.report().failed());
                fields.put("time_ms", ended.report().time().toMillis());
                write(fields);
            }
        }
    }

    private void slice(Node node, SliceOutcome outcome) {
        var fields = line("slice", node);
        fields.put("slice", outcome.name());
        fields.put("result", OutcomeListing.word(outcome.result()));
        fields.put("read", outcome.counts().read());
        fields.put("loaded", outcome.counts().staged());
        fields.put("rejected", outcome.counts().rejected());
        fields.put("time_ms", outcome.time().toMillis());
        fields.put("reason", outcome.reason());
        if (outcome.error() != null) {
            fields.put("error_code", outcome.error());
        }
        if (!outcome.hint().isEmpty()) {
            fields.put("hint", outcome.hint());
        }
        write(fields);
    }

    private static Map<String, Object> line(String event, Node node) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", Instant.now());
        fields.put("event", event);
        fields.put("name", node.name());
        return fields;
    }

    private void write(Map<String, Object> fields) {
        log.println(JsonText.of(fields));
    }
}
