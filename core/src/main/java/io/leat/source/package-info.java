/**
 * Where rows come from: files.
 *
 * <p>{@link io.leat.source.FileSource} is what a project says about them, {@link io.leat.source.SourceFile} one that was found.
 * {@link io.leat.source.RawRows} is their content as SQL: {@link io.leat.source.FileRows} reads the files themselves, {@link
 * io.leat.source.FileIndex} scans each version of a file once, sorts its rows into windows, and gives those of some windows.
 * {@link io.leat.source.Draft} proposes a pipeline for files that nobody has described yet.
 */
@NullMarked
package io.leat.source;

import org.jspecify.annotations.NullMarked;
