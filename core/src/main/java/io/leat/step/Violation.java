package io.leat.step;

import io.leat.name.Sql;
import io.leat.schema.RejectCode;

/**
 * A way for a row to be refused.
 *
 * @param condition SQL, true for rows that are refused; never NULL matters
 * @param column the column it is about, as the user knows it; empty for the row as a whole
 * @param value SQL for the value to be shown, or {@code NULL}
 */
record Violation(String condition, RejectCode code, String column, String value, String reason) {

    private static final int LONGEST_VALUE = 200;

    String codeSql() {
        return Sql.literal(code.name());
    }

    String columnSql() {
        return column.isEmpty() ? "NULL" : Sql.literal(column);
    }

    String valueSql() {
        return value.equals("NULL") ? "NULL" : "left(CAST(" + value + " AS VARCHAR), " + LONGEST_VALUE + ")";
    }

    String reasonSql() {
        return Sql.literal(reason);
    }
}
