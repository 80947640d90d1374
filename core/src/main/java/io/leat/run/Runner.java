package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.state.ClaimResult;
import io.leat.state.Owner;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Loads everything that is due of the selected pipelines and models, in their order, and says what happened. */
final class Runner {

    private final Session session;
    private final Function<Node, SliceLoader> loaders;
    private final RunListener listener;
    private final BooleanSupplier stopped;

    Runner(Session session, Function<Node, SliceLoader> loaders, RunListener listener, BooleanSupplier stopped) {
        this.session = session;
        this.loaders = loaders;
        this.listener = listener;
        this.stopped = stopped;
    }

    RunReport run(List<Node> nodes, Selection selection, Scope scope) {
        long begin = System.nanoTime();
        List<NodeReport> reports = new ArrayList<>();
        boolean heldNamed = false;
        for (Node node : nodes) {
            if (stopped.getAsBoolean()) {
                break;
            }
            NodeReport report =
                    blocked(node, reports).map(reason -> idle(node, reason)).orElseGet(() -> load(node, scope));
            heldNamed |= report.held() > 0 && selection.names(node);
            reports.add(report);
        }
        return new RunReport(session.run(), reports, heldNamed, since(begin));
    }

    /** Why a model must wait: something that it reads failed in this run, or could not run itself. */
    private Optional<String> blocked(Node node, List<NodeReport> reports) {
        return reports.stream()
                .filter(report -> node.reads().contains(report.node().table()))
                .filter(report -> report.failed() > 0)
                .findFirst()
                .map(report -> "waiting: " + report.node().name() + " failed");
    }

    private NodeReport idle(Node node, String reason) {
        listener.event(new RunEvent.NodeIdle(node, reason));
        return NodeReport.idle(node, reason);
    }

    private NodeReport load(Node node, Scope scope) {
        long begin = System.nanoTime();
        SliceLoader loader;
        Due due;
        try {
            loader = loaders.apply(node);
            due = loader.due(scope);
        } catch (PipelineException e) {
            return failedAsAWhole(node, e, begin);
        }
        if (due.count() == 0) {
            return idle(node, due.idle());
        }
        listener.event(new RunEvent.NodeStarted(node, due.count()));
        NodeReport report = NodeReport.empty(node);
        var group = new GroupLoad(session, loader);
        Iterator<SliceRequest> requests = due.requests();
        long done = 0;
        while (requests.hasNext() && !stopped.getAsBoolean()) {
            List<SliceRequest> next = take(requests, loader.into().groups() ? Session.GROUP : 1);
            for (SliceOutcome outcome : loadTogether(group, node, next)) {
                report = report.plus(outcome);
                listener.event(new RunEvent.SliceEnded(node, outcome));
            }
            done += next.size();
            listener.event(new RunEvent.Progress(
                    node, done, due.count(), report.counts().read()));
        }
        report = report.took(since(begin));
        listener.event(new RunEvent.NodeEnded(node, report));
        return report;
    }

    private List<SliceOutcome> loadTogether(GroupLoad group, Node node, List<SliceRequest> requests) {
        ClaimResult claim = session.state()
                .claim(session.environment(), node.name(), requests, Owner.current(), session.run(), Session.LEASE);
        List<SliceOutcome> outcomes = new ArrayList<>();
        if (!claim.won().isEmpty()) {
            outcomes.addAll(group.load(claim.won()));
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

    private NodeReport failedAsAWhole(Node node, PipelineException failure, long begin) {
        SliceOutcome outcome = Unloaded.failed(node, failure, since(begin));
        NodeReport report = NodeReport.empty(node).plus(outcome).took(since(begin));
        listener.event(new RunEvent.NodeStarted(node, 0));
        listener.event(new RunEvent.SliceEnded(node, outcome));
        listener.event(new RunEvent.NodeEnded(node, report));
        return report;
    }

    private static List<SliceRequest> take(Iterator<SliceRequest> requests, int most) {
        List<SliceRequest> next = new ArrayList<>();
        while (requests.hasNext() && next.size() < most) {
            next.add(requests.next());
        }
        return next;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
