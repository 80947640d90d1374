package io.leat.project;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.name.ErrorCode;
import java.util.Set;

/** A name that no entry of {@code connections:} has. */
final class UnknownConnection {

    private UnknownConnection() {}

    static Problem problem(Located<String> name, Set<String> known) {
        return new Problem(ErrorCode.UNKNOWN_NAME, name.mark(), "there is no connection '" + name.value() + "'")
                .expecting(
                        known.isEmpty()
                                ? "an entry of connections, which is empty"
                                : "one of " + String.join(", ", known))
                .didYouMean(name.value(), known);
    }
}
