package io.leat.run;

import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.state.Record;
import io.leat.state.SettledGrid;
import io.leat.time.Grid;
import io.leat.time.Window;
import java.util.List;

/**
 * A range of time that is to be loaded anew in windows of another length.
 *
 * @param range from a boundary of both grids to another one
 * @param before the grid as it is
 * @param grid as it will be
 * @param leaving records of windows that make room
 * @param coming windows that take their place
 */
public record RegridPlan(
        Node node,
        Pipeline pipeline,
        Window range,
        Grid before,
        Grid grid,
        List<SettledGrid> expected,
        List<SettledGrid> wanted,
        List<Record> leaving,
        List<Window> coming) {

    public RegridPlan {
        expected = List.copyOf(expected);
        wanted = List.copyOf(wanted);
        leaving = List.copyOf(leaving);
        coming = List.copyOf(coming);
    }
}
