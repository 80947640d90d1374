package io.leat.source;

import io.leat.name.Sql;
import java.util.ArrayList;
import java.util.List;

/** Texts that people write where they have no value. */
final class NullWords {

    static final List<String> ALL = List.of(
            "NA", "N/A", "n/a", "na", "#N/A", "#NA", "NaN", "NULL", "null", "Null", "None", "none", "nil", "-", "--",
            "?", ".", "..", "\\N", " ", "(null)", "<NA>", "missing", "unknown");

    /** {@code NA}, which is a code of countries and continents too. */
    static final long NA = 1;

    private NullWords() {}

    /** SQL: whether the expression is one of them. */
    static String isOne(String expression) {
        return expression + " IN (" + Sql.literals(ALL) + ")";
    }

    /** SQL: a number with a bit for each of them that occurs in a group, looked for where the condition holds. */
    static String occurring(String condition, String expression) {
        var sql = new StringBuilder("bit_or(CASE WHEN " + condition + " THEN CASE " + expression);
        for (int i = 0; i < ALL.size(); i++) {
            sql.append(" WHEN ")
                    .append(Sql.literal(ALL.get(i)))
                    .append(" THEN ")
                    .append(1L << i);
        }
        return sql.append(" ELSE 0 END ELSE 0 END)").toString();
    }

    static List<String> of(long bits) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ALL.size(); i++) {
            if ((bits & 1L << i) != 0) {
                words.add(ALL.get(i));
            }
        }
        return words;
    }
}
