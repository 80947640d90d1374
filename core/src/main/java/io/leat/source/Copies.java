package io.leat.source;

import java.nio.file.Path;

/** A folder for copies of files that DuckDB cannot read as they are. The caller empties it when nothing is read any more. */
public record Copies(Path folder) {}
