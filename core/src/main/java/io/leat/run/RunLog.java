package io.leat.run;

import io.leat.name.RunId;
import io.leat.storage.LocalStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes what happens during a run into a file, a JSON object a line, each with the run's id. */
final class RunLog implements RunListener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final BufferedWriter writer;
    private final RunId run;

    private RunLog(Path file, BufferedWriter writer, RunId run) {
        this.file = file;
        this.writer = writer;
        this.run = run;
    }

    static RunLog open(Path file, RunId run) {
        try {
            LocalStore.createFolders(Objects.requireNonNull(file.getParent()));
            return new RunLog(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), run);
        } catch (IOException e) {
            throw LocalStore.failed("write", file, e);
        }
    }

    @Override
    public void event(RunEvent event) {
        if (event instanceof RunEvent.Progress) {
            return;
        }
        ObjectNode line = line(event);
        try {
            writer.write(line.toString());
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw LocalStore.failed("write", file, e);
        }
    }

    private ObjectNode line(RunEvent event) {
        ObjectNode line =
                JSON.createObjectNode().put("time", Instant.now().toString()).put("run_id", run.value());
        return switch (event) {
            case RunEvent.NodeStarted(var node, long due) ->
                line.put("event", "started")
                        .put("pipeline", node.name().value())
                        .put("due", due);
            case RunEvent.NodeIdle(var node, String reason) ->
                line.put("event", "idle").put("pipeline", node.name().value()).put("message", reason);
            case RunEvent.SliceEnded(var _, SliceOutcome outcome) -> slice(line, outcome);
            case RunEvent.Progress progress ->
                line.put("event", "progress").put("done", progress.done()).put("due", progress.due());
            case RunEvent.NodeEnded(var node, NodeReport report) ->
                line.put("event", "ended")
                        .put("pipeline", node.name().value())
                        .put("loaded", report.loaded())
                        .put("skipped", report.skipped())
                        .put("failed", report.failed())
                        .put("held", report.held())
                        .put("rows", report.counts().staged())
                        .put("duration_ms", report.time().toMillis());
        };
    }

    private static ObjectNode slice(ObjectNode line, SliceOutcome outcome) {
        line.put("event", outcome.result().name().toLowerCase(Locale.ROOT))
                .put("record", outcome.name())
                .put("read", outcome.counts().read())
                .put("rows", outcome.counts().staged())
                .put("rejected", outcome.counts().rejected())
                .put("duration_ms", outcome.time().toMillis())
                .put("message", outcome.reason());
        if (!outcome.rejects().isEmpty()) {
            ObjectNode codes = line.putObject("rejects");
            new TreeMap<>(outcome.rejects()).forEach(codes::put);
        }
        if (outcome.error() != null) {
            line.put("code", outcome.error().code());
        }
        return line;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw LocalStore.failed("write", file, e);
        }
    }
}
