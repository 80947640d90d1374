package io.leat.run;

import io.leat.project.Node;
import io.leat.state.Backfill;
import io.leat.state.Cause;
import io.leat.state.Phase;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a run loads what it loads. */
sealed interface Demand permits Demand.ByCalendar, Demand.OfPhase, Demand.OfBackfill, WantedSlices {

    /** Whether it can ask anything of the pipeline or model. */
    boolean concerns(Node node);

    /** What it asks of a pipeline or model that is prepared. */
    Due due(Session session, SliceLoader loader, RunRequest request);

    /** What is due. */
    record ByCalendar(boolean planned) implements Demand {

        /** When a person runs it. */
        static final Demand ASKED = new ByCalendar(false);

        @Override
        public boolean concerns(Node node) {
            return true;
        }

        @Override
        public Due due(Session session, SliceLoader loader, RunRequest request) {
            DueRequest.Occasion occasion = planned
                    ? DueRequest.Occasion.PLANNED
                    : request.selection().names(loader.node()) ? DueRequest.Occasion.NAMED : DueRequest.Occasion.ASKED;
            return loader.due(new DueRequest(request.scope(), occasion));
        }
    }

    /** The only phase that records are taken through; empty: all. */
    default Optional<Phase> onlyPhase() {
        return Optional.empty();
    }

    /** One phase alone: what is due for the first, what has come so far for the others. Afterwards records wait. */
    record OfPhase(Phase phase) implements Demand {
        private static final int MOST = 10_000;

        @Override
        public boolean concerns(Node node) {
            return true;
        }

        @Override
        public Optional<Phase> onlyPhase() {
            return Optional.of(phase);
        }

        @Override
        public Due due(Session session, SliceLoader loader, RunRequest request) {
            if (phase == Phase.SOURCE_TO_STAGE) {
                return loader.due(new DueRequest(request.scope(), DueRequest.Occasion.NAMED));
            }
            var waiting = RecordQuery.of(session.environment())
                    .pipeline(loader.node().name())
                    .statuses(Status.PENDING)
                    .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)
                    .page(MOST, 0);
            List<Record> come = session.state().records(waiting).stream()
                    .filter(record -> record.nextPhase().equals(Optional.of(phase)))
                    .toList();
            return come.isEmpty()
                    ? Due.nothing("nothing has come as far as " + phase.name().toLowerCase(Locale.ROOT))
                    : WantedSlices.of(come, Cause.NEW).due(session, loader, request);
        }
    }

    /** What is left of a backfill. */
    record OfBackfill(Backfill backfill) implements Demand {
        @Override
        public boolean concerns(Node node) {
            return backfill.range(node.name()).isPresent();
        }

        @Override
        public Due due(Session session, SliceLoader loader, RunRequest request) {
            return new BackfillDue(session, loader, backfill).due();
        }
    }
}
