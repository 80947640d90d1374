package io.leat.run;

import io.leat.name.PipelineName;
import io.leat.state.Backfill;
import io.leat.state.StateReader;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.Window;
import java.util.stream.Stream;

/** The windows of one pipeline or model that are left of a backfill: computed from runs of windows, however many there are. */
record BackfillWindows(StateReader state, Backfill backfill, PipelineName pipeline, Grid grid) {

    /** Those of the bounds that the backfill has neither ended nor leaves alone. */
    private IntervalSet left(Window bounds) {
        return IntervalSet.of(bounds).minus(state.settledWindows(backfill, pipeline));
    }

    long count(Window bounds) {
        return grid.countTiles(left(bounds));
    }

    /** In the order of the backfill, made as they are asked for. */
    Stream<Window> windows(Window bounds) {
        IntervalSet left = left(bounds);
        return backfill.newestFirst() ? grid.tilesFromLast(left) : grid.tiles(left);
    }
}
