package io.leat.source;

import io.leat.schema.LeatType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How many digits the numbers of a column have.
 *
 * @param whole most digits before the point
 * @param fraction most digits behind it
 * @param longOnes numbers with a point and 15 digits or more
 * @param printedDoubles those of them that are what a double of 64 bits is printed as
 */
record NumberDigits(int whole, int fraction, long longOnes, long printedDoubles) {

    static final int COLUMNS = 4;
    static final String SIGNIFICANT = "length(ltrim(regexp_replace(_text_, '[eE].*|[^0-9]', '', 'g'), '0'))";

    private static final int SHORT = 18;
    private static final int LONGEST = 38;
    private static final int DOUBLE_FRACTION = 6;
    private static final String POINT = "strpos(_text_, '.')";
    /** As cases, since DuckDB computes all sides of an AND for every row. */
    private static final String LONG =
            "CASE WHEN " + POINT + " > 0 AND length(_text_) > 15 THEN " + SIGNIFICANT + " >= 15 ELSE false END";

    private static final String PRINTED =
            "CASE WHEN " + LONG + " THEN CAST(TRY_CAST(_text_ AS DOUBLE) AS VARCHAR) = _text_ ELSE false END";

    /** SQL that measures a text, as many columns as {@link #COLUMNS}. */
    static String sql(String text) {
        String sql = "max(CASE WHEN " + POINT + " > 0 THEN " + POINT
                + " - 1 ELSE length(_text_) END - starts_with(_text_, '-')::INT), max(CASE WHEN "
                + POINT + " > 0 THEN length(_text_) - " + POINT + " ELSE 0 END), count(*) FILTER (WHERE " + LONG
                + "), count(*) FILTER (WHERE " + PRINTED + ")";
        return sql.replace(Candidate.TEXT, text);
    }

    static NumberDigits read(ResultSet row, int from) throws SQLException {
        return new NumberDigits(row.getInt(from), row.getInt(from + 1), row.getLong(from + 2), row.getLong(from + 3));
    }

    /** Whether this looks like doubles that were written out: exactness would be an illusion. */
    boolean areDoubles() {
        return fraction > DOUBLE_FRACTION && longOnes > 0 && printedDoubles * 10 >= longOnes * 9;
    }

    /** A decimal with room for all of them, and some more if that costs nothing; empty if there is none. */
    Optional<LeatType> decimal() {
        int digits = Math.max(1, whole) + fraction;
        return digits > LONGEST
                ? Optional.empty()
                : Optional.of(new LeatType.Decimal(digits <= SHORT ? SHORT : LONGEST, fraction));
    }
}
