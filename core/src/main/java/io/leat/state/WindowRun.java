package io.leat.state;

import io.leat.time.Window;

/** Adjacent windows whose newest generations have the same status. */
public record WindowRun(Status status, Window span, long windows) {}
