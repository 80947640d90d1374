package io.leat.run;

import io.leat.state.SliceRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * What of a pipeline or model is to be loaded now.
 *
 * @param count how many slices there are
 * @param slices computed one by one, oldest first
 * @param idle where there are none: why, or what has to happen first
 */
record Due(long count, Iterator<DueSlice> slices, String idle) {

    static Due nothing(String why) {
        return new Due(0, Collections.emptyIterator(), why);
    }

    static Due of(List<SliceRequest> requests) {
        return new Due(requests.size(), requests.stream().map(DueSlice::of).iterator(), "");
    }
}
