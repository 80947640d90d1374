package io.leat.run;

import io.leat.project.Node;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Passes on what is news to whoever follows a worker: not the same reason for idleness each time, not what others have, not that the
 * time to try again has not come yet.
 */
final class ChangedOnly implements RunListener {

    private final RunListener listener;
    private final Map<Node, String> idle = new HashMap<>();
    private final Map<String, Instant> waiting = new HashMap<>();

    ChangedOnly(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public void event(RunEvent event) {
        boolean news = switch (event) {
            case RunEvent.NodeIdle(Node node, String reason) -> !reason.equals(idle.put(node, reason));
            case RunEvent.NodeStarted started -> {
                idle.remove(started.node());
                yield started.due() > 0;
            }
            case RunEvent.SliceEnded(Node _, SliceOutcome outcome) -> isNews(outcome);
            case RunEvent.NodeEnded(Node _, NodeReport report) ->
                report.loaded() + report.skipped() + report.failed() > 0;
            case RunEvent.Progress _ -> true;
        };
        if (news) {
            listener.event(event);
        }
    }

    private boolean isNews(SliceOutcome outcome) {
        return switch (outcome.result()) {
            case HELD -> false;
            case RETRYING ->
                outcome.nextTry() != null && !outcome.nextTry().equals(waiting.put(outcome.name(), outcome.nextTry()));
            case LOADED, PARTLY, SKIPPED, FAILED -> {
                waiting.remove(outcome.name());
                yield true;
            }
        };
    }
}
