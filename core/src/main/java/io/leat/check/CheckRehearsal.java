package io.leat.check;

import io.leat.check.Question.Matches;
import io.leat.check.Question.NotNull;
import io.leat.check.Question.OneOf;
import io.leat.check.Question.Query;
import io.leat.check.Question.Range;
import io.leat.check.Question.Rejects;
import io.leat.check.Question.Rows;
import io.leat.check.Question.Unique;
import io.leat.config.Located;
import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.config.WrittenValue;
import io.leat.lake.DuckDb;
import io.leat.lake.EmptyRows;
import io.leat.lake.SqlFault;
import io.leat.lake.SqlTree;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.KnownColumns;
import java.util.List;

/** Judges what checks ask with what is known of the columns before there are rows, and adds a problem for what certainly is wrong. */
public final class CheckRehearsal {

    private final DuckDb duckDb;
    private final KnownColumns columns;
    private final Problems problems;

    public CheckRehearsal(DuckDb duckDb, KnownColumns columns, Problems problems) {
        this.duckDb = duckDb;
        this.columns = columns;
        this.problems = problems;
    }

    public void judge(Check check) {
        Mark mark = check.mark();
        switch (check.question()) {
            case NotNull(List<String> names) -> names.forEach(name -> require(name, mark));
            case Unique(List<String> names) -> names.forEach(name -> require(name, mark));
            case Range range -> require(range.column(), mark);
            case Matches matches -> require(matches.column(), mark);
            case OneOf oneOf -> require(oneOf.column(), mark);
            case Query(String sql) -> query(new Located<>(sql, mark));
            case Rows _, Rejects _ -> {}
        }
    }

    private void require(String name, Mark mark) {
        if (columns.lacks(name)) {
            problems.add(new Problem(ErrorCode.UNKNOWN_NAME, mark, "there is no column '" + name + "' to check")
                    .didYouMean(name, columns.names()));
        }
    }

    private void query(Located<String> sql) {
        SqlTree tree = SqlTree.of(duckDb, sql.value());
        if (tree.fault().isPresent()) {
            SqlFault fault = tree.fault().get();
            problems.add(
                    fault.message().startsWith("only SELECT")
                            ? new Problem(ErrorCode.SQL_SYNTAX, sql.mark(), "a check asks by a query, SELECT …")
                            : problem(sql, fault));
            return;
        }
        if (tree.statements().size() != 1) {
            problems.add(
                    ErrorCode.SQL_SYNTAX,
                    sql.mark(),
                    "a check asks by one query, found " + tree.statements().size());
            return;
        }
        EmptyRows rows = EmptyRows.of(columns, tree);
        String prefix = "DESCRIBE WITH this AS (" + rows.query() + ") SELECT count(*) FROM (";
        try {
            duckDb.query(prefix + sql.value() + "\n)", row -> row.getString(1));
        } catch (PipelineException unbound) {
            SqlFault fault = SqlFault.of(unbound).behind(prefix);
            if (rows.proves(fault)) {
                problems.add(problem(sql, fault));
            }
        }
    }

    private static Problem problem(Located<String> sql, SqlFault fault) {
        Mark mark = WrittenValue.mark(sql, fault.offsetIn(sql.value()));
        var problem = new Problem(ErrorCode.SQL_SYNTAX, mark, "the SQL cannot be understood: " + fault.message());
        return fault.hint().map(problem::hinting).orElse(problem);
    }
}
