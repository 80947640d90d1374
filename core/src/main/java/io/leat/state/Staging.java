package io.leat.state;

import io.leat.name.LoadId;
import org.jspecify.annotations.Nullable;

/**
 * What SOURCE_TO_STAGE left behind, kept on the record so that another process can go on from there.
 *
 * @param loadId the load under which the staged rows and their rejects will be published
 * @param counts every row of the source by its fate
 * @param accounting the counts step by step, as JSON
 * @param sums per column, as JSON
 * @param manifest the staged files with sizes and hashes, as JSON
 * @param fingerprint of the pipeline that staged them: another one must not reuse them
 * @param sourceToken of the source's state that was read
 */
public record Staging(
        LoadId loadId,
        Counts counts,
        String accounting,
        @Nullable String sums,
        String manifest,
        String fingerprint,
        @Nullable String sourceToken) {}
