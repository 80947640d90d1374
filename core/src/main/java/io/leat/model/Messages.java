package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.lake.SqlFault;
import io.leat.name.ErrorCode;

/** What DuckDB says of a query, as a problem with what a writer of models should do. */
final class Messages {

    private Messages() {}

    static Problem problem(ErrorCode code, Mark mark, SqlFault fault) {
        var problem = new Problem(code, mark, fault.message());
        if (fault.message().startsWith("only SELECT")) {
            return problem.hinting("a model is one query; PIVOT needs its values: PIVOT … ON column IN ('a', 'b')");
        }
        return fault.hint().map(problem::hinting).orElse(problem);
    }
}
