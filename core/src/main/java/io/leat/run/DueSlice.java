package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.state.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * A slice that is to be loaded.
 *
 * @param refusal why it must fail before it is claimed; null if all is well
 */
record DueSlice(SliceRequest request, @Nullable PipelineException refusal) {

    static DueSlice of(SliceRequest request) {
        return new DueSlice(request, null);
    }
}
