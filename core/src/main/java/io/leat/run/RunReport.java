package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.RunId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a whole run did, pipeline by pipeline and model by model, in the order of loading. */
public record RunReport(RunId run, List<NodeReport> nodes, boolean heldWhatWasNamed, Duration time) {

    public RunReport {
        nodes = List.copyOf(nodes);
    }

    /**
     * The exit code of the command: 1 if anything broke, else 4 if data failed a check or an audit, else 5 if what was
     * explicitly named is locked by another run, else 75 if trying again will help, else 0.
     */
    public int exitCode() {
        List<ErrorCode> codes = nodes.stream()
                .flatMap(node -> node.failures().stream())
                .flatMap(outcome -> outcome.error() == null ? Stream.empty() : Stream.of(outcome.error()))
                .toList();
        for (int wanted : List.of(1, 4)) {
            if (codes.stream().anyMatch(code -> code.exitCode() == wanted)) {
                return wanted;
            }
        }
        if (heldWhatWasNamed) {
            return ErrorCode.RECORD_LOCKED.exitCode();
        }
        return codes.isEmpty() ? 0 : codes.stream().allMatch(ErrorCode::retryable) ? 75 : 1;
    }

    public long failed() {
        return nodes.stream().mapToLong(NodeReport::failed).sum();
    }
}
