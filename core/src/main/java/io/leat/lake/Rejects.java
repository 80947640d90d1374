package io.leat.lake;

import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;

/** The table in which every environment keeps the rows that were refused, under the load that refused them. */
public final class Rejects {
    public static final TableName TABLE = new TableName("leat", "rejects");

    /**
     * Its columns. {@code record} is the number of the row in its file, {@code column} and {@code value} say what is wrong
     * where one value is to blame, {@code raw} is the row as it came, {@code load_id} tells which load refused it: only
     * rejects of loads that are still published count.
     */
    public static final Contract CONTRACT = Contract.of(
            Column.of("pipeline", LeatType.STRING),
            Column.of("slice", LeatType.STRING),
            Column.of("load_id", LeatType.STRING),
            Column.of("file", LeatType.STRING),
            Column.of("record", LeatType.INTEGER),
            Column.of("step", LeatType.STRING),
            Column.of("column", LeatType.STRING),
            Column.of("code", LeatType.STRING),
            Column.of("reason", LeatType.STRING),
            Column.of("value", LeatType.STRING),
            Column.of("raw", LeatType.STRING),
            Column.of("window", LeatType.TIMESTAMP));

    private Rejects() {}
}
