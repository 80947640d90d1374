package io.leat.state;

import java.time.LocalDate;

/**
 * What a record of a window says of its calendar.
 *
 * @param targetDay the local day of the window's start, in the pipeline's zone
 * @param interval the grid's step as the pipeline's file gives it, for example {@code 2h}
 */
public record CalendarColumns(LocalDate targetDay, String interval) {}
