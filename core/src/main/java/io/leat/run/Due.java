package io.leat.run;

import io.leat.state.SliceRequest;
import java.util.Iterator;
import java.util.List;

/**
 * What of a pipeline or model is to be loaded now.
 *
 * @param count how many requests there are
 * @param requests computed one by one, oldest first
 * @param idle where there are none: why, or what has to happen first
 */
record Due(long count, Iterator<SliceRequest> requests, String idle) {

    static Due nothing(String why) {
        return new Due(0, List.<SliceRequest>of().iterator(), why);
    }

    static Due of(List<SliceRequest> requests) {
        return new Due(requests.size(), requests.iterator(), "");
    }
}
