package io.leat.run;

import io.leat.project.Node;
import io.leat.state.Backfill;

/** Why a run loads what it loads. */
sealed interface Demand permits Demand.ByCalendar, Demand.OfBackfill, WantedSlices {

    /** What is due when a person runs it. */
    Demand BY_CALENDAR = new ByCalendar(false);

    /** Whether it can ask anything of the pipeline or model. */
    boolean concerns(Node node);

    /** What it asks of a pipeline or model that is prepared. */
    Due due(Session session, SliceLoader loader, RunRequest request);

    /** What is due. */
    record ByCalendar(boolean planned) implements Demand {
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
