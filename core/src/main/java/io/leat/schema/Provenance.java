package io.leat.schema;

import java.util.List;
import java.util.Locale;

/**
 * The columns that every table of Leat's has after its user's: they say which pipeline and which window a row belongs to, and so
 * which load may replace it.
 */
public final class Provenance {

    /** No column of a user's begins like this. */
    public static final String PREFIX = "_leat_";

    /** Name of the pipeline (or model) that loaded the row. */
    public static final String PIPELINE = "_leat_pipeline";

    /** Start of the row's window; NULL where the slice is no window. */
    public static final String WINDOW = "_leat_window";

    private Provenance() {}

    /** Both columns, in the order in which they follow the user's. */
    public static List<Column> columns() {
        return List.of(
                new Column(PIPELINE, LeatType.STRING, true, "the pipeline that loaded the row"),
                new Column(WINDOW, LeatType.TIMESTAMP, false, "start of the window that the row belongs to"));
    }

    public static boolean isReserved(String columnName) {
        return columnName.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }
}
