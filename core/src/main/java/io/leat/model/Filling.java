package io.leat.model;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import java.util.Map;

/** What goes in place of macros and tables, or a clear failure. */
final class Filling {

    private Filling() {}

    static String moment(String who, TimeMacro macro, Bindings bindings) {
        String sql = macro.sql(bindings);
        if (sql == null) {
            throw new PipelineException(
                    ErrorCode.TRANSFORMATION,
                    who + " uses @" + macro.name() + ", but it runs without "
                            + (macro.moment() == TimeMacro.Moment.EXECUTION ? "a time of execution" : "a window"));
        }
        return sql;
    }

    static String relation(String who, TableName table, Map<TableName, String> relations) {
        String relation = relations.get(table);
        if (relation == null) {
            throw new PipelineException(
                    ErrorCode.INTERNAL, "no relation was given for " + table + ", which " + who + " reads");
        }
        return relation;
    }
}
