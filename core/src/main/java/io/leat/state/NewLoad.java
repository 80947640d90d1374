package io.leat.state;

import io.leat.name.LoadId;
import io.leat.name.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A load that is to be published.
 *
 * @param record in progress, with the token that must still be the fence of its slice
 * @param inputs what was read (load ids, snapshots), as JSON
 */
public record NewLoad(
        Record record,
        LoadId loadId,
        TableName target,
        long rows,
        long rejected,
        @Nullable String sums,
        @Nullable String sourceToken,
        @Nullable String fingerprint,
        @Nullable String inputs) {}
