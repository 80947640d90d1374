package io.leat.run;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.ProblemsException;
import io.leat.lake.Lake;
import io.leat.lake.SqlFault;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a query that a user typed, where in it, and what may have been meant.
 *
 * @param tables those that it may name
 */
record QueryFaults(String query, List<TableName> tables, Lake lake) {

    private static final String NAME = "query";
    private static final Pattern IDENTIFIERS = Pattern.compile("[\\w.\"]+");
    private static final Pattern FILE = Pattern.compile("\"([^\"]+)\"");

    /** What a failure of the query, behind some words of ours, means; failures of something else as they are. */
    PipelineException of(PipelineException failure, String prefix) {
        SqlFault fault = SqlFault.of(failure).behind(prefix);
        PipelineException explained = lake.explained(failure);
        if (explained != failure) {
            return explained;
        }
        if (failure.code() == ErrorCode.PERMISSION) {
            Matcher file = FILE.matcher(fault.message());
            return new PipelineException(
                            ErrorCode.BAD_QUERY,
                            "the query may not read " + (file.find() ? file.group(1) : "files")
                                    + ": it sees the tables of the environment and nothing else",
                            failure)
                    .withHint("`leat catalog` lists them");
        }
        if (failure.code() != ErrorCode.DUCKDB || !fault.isOfStatement()) {
            return failure;
        }
        return fault.place() < 0
                ? new PipelineException(ErrorCode.BAD_QUERY, fault.message(), failure)
                        .withHint("`leat catalog` lists tables and columns")
                : new ProblemsException(List.of(problem(fault)));
    }

    private Problem problem(SqlFault fault) {
        Mark mark = fault.markIn(NAME, query);
        if (fault.message().startsWith("table with name")) {
            Matcher table = IDENTIFIERS.matcher(query);
            String typed = table.find(fault.offsetIn(query)) ? table.group().replace("\"", "") : "";
            return new Problem(ErrorCode.BAD_QUERY, mark, "there is no table " + typed)
                    .hinting("`leat catalog` lists tables and columns")
                    .didYouMean(typed, tables.stream().map(TableName::toString).toList());
        }
        var problem = new Problem(ErrorCode.BAD_QUERY, mark, fault.message());
        return problem.hinting(fault.hint().orElse("`leat catalog` lists tables and columns"));
    }
}
