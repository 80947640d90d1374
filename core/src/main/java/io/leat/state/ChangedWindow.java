package io.leat.state;

import io.leat.time.Window;

/**
 * A window whose published load was made of something else than a load would be made of now.
 *
 * @param cause LATE: files brought other rows for it; CHANGED: the pipeline is another one
 */
public record ChangedWindow(Window window, Cause cause) {}
