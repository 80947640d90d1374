package io.leat.source;

import io.leat.name.Sql;
import io.leat.schema.LeatType;
import io.leat.schema.StrictCast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type that the values of a column may have, as far as a sample of them tells.
 *
 * @param condition SQL over {@link #TEXT}, a text without blanks around it and not NULL: whether the value is written as one of this type
 * @param distinct how many different values there must be at least, for it to be no chance
 * @param time the format of a date or time, where it is not ISO 8601's
 */
record Candidate(
        LeatType type,
        String condition,
        int distinct,
        @Nullable TimeFormat time) {

    /** Stands in the SQL of conditions for the text in question. */
    static final String TEXT = "_text_";

    /** Stands for all decimals: how many digits are needed, all rows tell. */
    static final LeatType.Decimal ANY_DECIMAL = new LeatType.Decimal(38, 0);

    private static final String WHOLE = "coalesce(CAST(TRY_CAST(_text_ AS BIGINT) AS VARCHAR) = _text_, false)";
    private static final String FIXED = "(CASE WHEN " + WHOLE
            + " THEN true ELSE regexp_full_match(_text_, '-?((0|[1-9][0-9]{0,37})([.][0-9]{0,37})?|[.][0-9]{1,37})') END)";
    private static final String FLOATING = "(CASE WHEN " + FIXED + " THEN CASE WHEN length(_text_) < 18 THEN true ELSE "
            + NumberDigits.SIGNIFICANT + " <= 17 END ELSE "
            + "regexp_full_match(_text_, '-?((0|[1-9][0-9]{0,16})([.][0-9]{0,17})?|[.][0-9]{1,17})([eE][+-]?[0-9]{1,3})?|nan|-?inf') END)";
    private static final String NUMBER_LIKE = "-?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?|nan|-?inf";
    private static final String ZEROS_IN_FRONT = "-?0[0-9].*";
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?";
    private static final String ISO_LOCAL = ISO_DATE + "([ T]" + TIME + ")?";
    private static final String ISO_INSTANT = ISO_DATE + "[ T]" + TIME + " ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    /** SQL: whether a text, without blanks around it and not NULL, is a value of this type, by the same cast as a run's. */
    String holds(String text) {
        String holds = type.isNumber()
                ? condition
                : "(" + condition + ") AND " + StrictCast.sql(TEXT, "VARCHAR", type, format().orElse(null))
                        + " IS NOT NULL";
        return holds.replace(TEXT, text);
    }

    Optional<String> format() {
        return Optional.ofNullable(time).map(TimeFormat::format);
    }

    /** Types for texts that all look as these do, the most particular first. Without any text: none. */
    static List<Candidate> of(Set<String> texts) {
        List<Candidate> found = new ArrayList<>();
        if (texts.isEmpty()) {
            return found;
        }
        words(texts, "true", "false", 1, found);
        words(texts, "yes", "no", 2, found);
        words(texts, "y", "n", 2, found);
        words(texts, "t", "f", 2, found);
        formed(texts, UUID, LeatType.Simple.UUID, found);
        formed(texts, ISO_DATE, LeatType.DATE, found);
        formed(texts, TIME, LeatType.TIME, found);
        formed(texts, ISO_LOCAL, LeatType.LOCAL_TIMESTAMP, found);
        formed(texts, ISO_INSTANT, LeatType.TIMESTAMP, found);
        for (TimeFormat format : TimeFormat.matching(texts)) {
            boolean digits = format.pattern().matcher("20200131").matches()
                    || !format.format().matches(".*[^%A-Za-z].*");
            found.add(new Candidate(
                    format.type(),
                    "regexp_full_match(_text_, " + Sql.literal(format.pattern().pattern()) + ")",
                    digits ? 3 : 1,
                    format));
        }
        if (all(texts, NUMBER_LIKE) && texts.stream().noneMatch(text -> text.matches(ZEROS_IN_FRONT))) {
            found.add(new Candidate(LeatType.INTEGER, WHOLE, 1, null));
            found.add(new Candidate(ANY_DECIMAL, FIXED, 1, null));
            found.add(new Candidate(LeatType.DOUBLE, FLOATING, 1, null));
        }
        if (all(texts, "(?s)[\\[{].*")) {
            found.add(new Candidate(LeatType.JSON, "json_valid(_text_)", 1, null));
        }
        return found;
    }

    /** A list or struct of which nothing is lost, over {@link #TEXT}. */
    static Candidate ofStructure(LeatType type) {
        String value = StrictCast.sql(TEXT, "VARCHAR", type, null);
        return new Candidate(
                type,
                "CASE WHEN json_valid(_text_) THEN CAST(to_json(" + value
                        + ") AS VARCHAR) = CAST(json(_text_) AS VARCHAR) ELSE false END",
                1,
                null);
    }

    private static void words(Set<String> texts, String yes, String no, int distinct, List<Candidate> found) {
        Set<String> both = Set.of(yes, no);
        if (texts.stream().allMatch(text -> both.contains(text.toLowerCase(Locale.ROOT)))) {
            found.add(new Candidate(
                    LeatType.BOOLEAN, "lower(_text_) IN (" + Sql.literals(List.of(yes, no)) + ")", distinct, null));
        }
    }

    private static void formed(Set<String> texts, String form, LeatType type, List<Candidate> found) {
        if (all(texts, form)) {
            found.add(new Candidate(type, "regexp_full_match(_text_, " + Sql.literal(form) + ")", 1, null));
        }
    }

    private static boolean all(Set<String> texts, String form) {
        return texts.stream().allMatch(text -> text.matches(form));
    }
}
