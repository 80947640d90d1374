package io.leat.check;

import java.util.List;
import java.util.Optional;

/** What a check asks. Each measures a number of rows; which number is too many, the check says. */
public sealed interface Question {

    /** How many rows there are; outside of the bounds it does not hold. */
    record Rows(Optional<Long> min, Optional<Long> max) implements Question {
        public Rows {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("rows needs min, max or both");
            }
        }
    }

    /** Rows in which one of the columns is NULL. */
    record NotNull(List<String> columns) implements Question {}

    /** Rows beyond the first of each combination of values. */
    record Unique(List<String> columns) implements Question {}

    /** Rows whose value lies outside of the bounds, both included; NULL does not count. */
    record Range(String column, Optional<String> min, Optional<String> max) implements Question {
        public Range {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("range needs min, max or both");
            }
        }
    }

    /** Rows whose text does not match the regular expression as a whole; NULL does not count. */
    record Matches(String column, String pattern) implements Question {}

    /** Rows whose value is none of these; NULL does not count. */
    record OneOf(String column, List<String> values) implements Question {}

    /** Source rows that were rejected; the condition says how many are too many. */
    record Rejects(Condition tooMany) implements Question {}

    /** Rows that a query over {@code this} returns. */
    record Query(String sql) implements Question {}
}
