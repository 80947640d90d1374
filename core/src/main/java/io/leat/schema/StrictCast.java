package io.leat.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL that turns a value into a type and gives NULL where anything would be lost: DuckDB's own casts round, cut, and take hexadecimal
 * digits, underscores, offsets and names of zones.
 *
 * <p>What a text may be, blanks around it aside:
 *
 * <ul>
 *   <li>integers: digits with a sign; a fraction of zeros says the same ({@code 1.0}). No exponent.
 *   <li>decimals: digits with a sign and at most {@code s} digits behind the point, zeros not counted; an exponent where the value is
 *       exact.
 *   <li>double: a number with or without exponent; {@code nan}, {@code inf} and {@code -inf} in just this form.
 *   <li>boolean: true, false, t, f, yes, no, y, n, 1, 0, in any case.
 *   <li>date: {@code 2020-01-31}. time: {@code 10:00}, with seconds and up to six digits of them.
 *   <li>local_timestamp: a date, or date and time with a blank or {@code T} between them, without offset.
 *   <li>timestamp: the same with {@code Z} or an offset. No name of a zone: only Java's rules decide those.
 *   <li>uuid: with hyphens. binary: hexadecimal digits. json: valid JSON. Lists and structs: JSON of exactly that form.
 * </ul>
 *
 * <p>A format is one of strptime's and replaces these forms for dates and times; a timestamp's needs {@code %z}.
 */
public final class StrictCast {

    private static final String DATE_FORM = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
    private static final String TIME_FORM = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?";
    private static final String LOCAL_FORM = DATE_FORM + "([ T]" + TIME_FORM + ")?";
    private static final String OFFSET_FORM = " ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    private StrictCast() {}

    /**
     * The value of an SQL expression as the given type; NULL where it does not fit, and where it is NULL itself.
     *
     * @param sqlType the type of the expression
     * @param format for dates and times out of text, or null
     */
    public static String sql(String expression, String sqlType, LeatType type, @Nullable String format) {
        return reading(expression, sqlType, type, format).orNull();
    }

    /** The same with another expression, such as an error, where the value is there and does not fit. */
    public static String sqlOr(
            String expression, String sqlType, LeatType type, @Nullable String format, String misfit) {
        return reading(expression, sqlType, type, format).or(expression, misfit);
    }

    private static Reading reading(String expression, String sqlType, LeatType type, @Nullable String format) {
        if (sqlType.equals("VARCHAR")) {
            return format == null ? ofText(expression, type) : Reading.of(formatted(expression, type, format));
        }
        return Reading.of(ofTyped(expression, sqlType, type));
    }

    /** How a value is read: quickly where a condition holds, otherwise by the rest, which may be NULL. */
    private record Reading(String condition, String quick, String rest) {

        static Reading of(String rest) {
            return new Reading("", "", rest);
        }

        String orNull() {
            return condition.isEmpty() ? rest : "CASE WHEN " + condition + " THEN " + quick + " ELSE " + rest + " END";
        }

        String or(String value, String misfit) {
            return condition.isEmpty()
                    ? "COALESCE(" + rest + ", CASE WHEN " + value + " IS NOT NULL THEN " + misfit + " END)"
                    : "CASE WHEN " + condition + " THEN " + quick + " WHEN " + value
                            + " IS NULL THEN NULL ELSE COALESCE(" + rest + ", " + misfit + ") END";
        }
    }

    /** What is wrong with a format for this type, in a sentence; empty if nothing. */
    public static Optional<String> problem(LeatType type, @Nullable String format) {
        if (format == null) {
            return Optional.empty();
        }
        boolean zoned = format.contains("%z");
        if (format.contains("%Z")) {
            return Optional.of(
                    "%Z reads the name of a zone, and those are not understood alike everywhere: use %z, an offset");
        }
        if (type == LeatType.TIMESTAMP) {
            return zoned
                    ? Optional.empty()
                    : Optional.of("a timestamp is an instant: its format needs %z; or declare local_timestamp");
        }
        if (type == LeatType.DATE || type == LeatType.TIME || type == LeatType.LOCAL_TIMESTAMP) {
            return zoned
                    ? Optional.of(
                            "a " + type.text() + " has no offset: %z cannot stand in its format; or declare timestamp")
                    : Optional.empty();
        }
        return Optional.of("a format is for dates and times, not for " + type.text());
    }

    /** How a value of this type is written, for the reason of a reject: {@code a whole number}. */
    public static String form(LeatType type, @Nullable String format) {
        String suffix = format == null ? "" : " written as " + format;
        return switch (type) {
            case LeatType.Decimal decimal ->
                "a number with at most " + (decimal.precision() - decimal.scale()) + " digits before the point and "
                        + decimal.scale() + " behind it";
            case LeatType.ListOf list -> "a JSON list of the form " + list.text();
            case LeatType.Struct struct -> "a JSON object of the form " + struct.text();
            case LeatType.Simple simple ->
                switch (simple) {
                    case STRING -> "a text";
                    case INTEGER -> "a whole number of 64 bits";
                    case INT8 -> "a whole number from -128 to 127";
                    case INT16 -> "a whole number from -32768 to 32767";
                    case INT32 -> "a whole number of 32 bits";
                    case DOUBLE -> "a number";
                    case BOOLEAN -> "true or false";
                    case DATE -> "a date" + (format == null ? " such as 2020-01-31" : suffix);
                    case TIME -> "a time of day" + (format == null ? " such as 10:30:00" : suffix);
                    case TIMESTAMP ->
                        "an instant" + (format == null ? " with offset, such as 2020-01-31T10:30:00+01:00" : suffix);
                    case LOCAL_TIMESTAMP ->
                        "a local date and time"
                                + (format == null ? " such as 2020-01-31 10:30:00, without offset" : suffix);
                    case UUID -> "a UUID";
                    case BINARY -> "hexadecimal digits in pairs";
                    case JSON -> "valid JSON";
                };
        };
    }

    private static Reading ofText(String v, LeatType type) {
        return switch (type) {
            case LeatType.Decimal decimal -> decimal(v, decimal);
            case LeatType.ListOf list -> Reading.of(whenJson(v, list));
            case LeatType.Struct struct -> Reading.of(whenJson(v, struct));
            case LeatType.Simple simple ->
                switch (simple) {
                    case STRING -> Reading.of(v);
                    case INTEGER, INT8, INT16, INT32 ->
                        sameText(v, simple, "true", whenForm(v, "[+-]?[0-9]+([.]0*)?", trimmed(v, simple)));
                    case DOUBLE ->
                        sameText(
                                v,
                                simple,
                                "true",
                                whenForm(
                                        v,
                                        "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?",
                                        finite(trimmed(v, simple))));
                    case BOOLEAN ->
                        Reading.of("CASE lower(" + Blanks.off(v)
                                + ") WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN"
                                + " false WHEN 't' THEN true WHEN 'f' THEN false WHEN 'yes' THEN true WHEN 'no' THEN false WHEN 'y' THEN"
                                + " true WHEN 'n' THEN false END");
                    case DATE ->
                        sameText(v, simple, "strlen(" + v + ") = 10", whenForm(v, DATE_FORM, trimmed(v, simple)));
                    case TIME -> sameText(v, simple, "true", whenForm(v, TIME_FORM, trimmed(v, simple)));
                    case LOCAL_TIMESTAMP -> {
                        String written = "CAST(" + cast(v, simple) + " AS VARCHAR)";
                        yield new Reading(
                                "(" + written + " = " + v + " OR " + written + " = " + withoutT(v) + ") AND "
                                        + ofFourDigits(cast(v, simple), "TIMESTAMP", ""),
                                cast(v, simple),
                                whenForm(v, LOCAL_FORM, trimmed(v, simple)));
                    }
                    case TIMESTAMP ->
                        new Reading(
                                "CAST(make_timestamp(epoch_us(" + cast(v, simple) + ")) AS VARCHAR) || 'Z' = "
                                        + withoutT(v) + " AND "
                                        + ofFourDigits(cast(v, simple), "TIMESTAMP WITH TIME ZONE", "Z"),
                                cast(v, simple),
                                whenForm(v, LOCAL_FORM + OFFSET_FORM, instant(v)));
                    case UUID ->
                        sameText(
                                v,
                                simple,
                                "true",
                                whenForm(v, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", trimmed(v, simple)));
                    case BINARY -> Reading.of(whenForm(v, "([0-9a-fA-F]{2})*", "unhex(" + Blanks.off(v) + ")"));
                    case JSON -> Reading.of("CASE WHEN json_valid(" + v + ") THEN CAST(" + v + " AS JSON) END");
                };
        };
    }

    /** The cheap and frequent way first: a text that the value itself would be written as has lost nothing. */
    private static Reading sameText(String v, LeatType type, String also, String otherwise) {
        String value = cast(v, type);
        String same = "CAST(" + value + " AS VARCHAR) = " + v;
        return new Reading(also.equals("true") ? same : same + " AND " + also, value, otherwise);
    }

    /** Of the texts with a T where a value is written with a blank. */
    private static String withoutT(String v) {
        return "replace(" + v + ", 'T', ' ')";
    }

    /** A year is written with four digits, and only such a year. */
    private static String ofFourDigits(String value, String type, String zone) {
        return value + " BETWEEN " + type + " '0001-01-01 00:00:00" + zone + "' AND " + type
                + " '9999-12-31 23:59:59.999999" + zone + "'";
    }

    private static String whenForm(String v, String form, String value) {
        return "CASE WHEN regexp_full_match(" + v + ", '\\s*(" + form + ")\\s*') THEN " + value + " END";
    }

    private static String cast(String v, LeatType type) {
        return "TRY_CAST(" + v + " AS " + type.duckDb() + ")";
    }

    private static String trimmed(String v, LeatType type) {
        return cast(Blanks.off(v), type);
    }

    private static String finite(String value) {
        return "CASE WHEN isfinite(" + value + ") THEN " + value + " END";
    }

    /** DuckDB takes {@code +0100} and {@code +01} for what they are, but no blank before the offset. */
    private static String instant(String v) {
        return cast(
                "regexp_replace(" + Blanks.off(v) + ", ' ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '\\1')", LeatType.TIMESTAMP);
    }

    private static Reading decimal(String v, LeatType.Decimal type) {
        int scale = type.scale();
        String fraction = "([.][0-9]{0," + scale + "}0*)?";
        String form = "[+-]?([0-9]+" + fraction + (scale == 0 ? "|[.]0+" : "|[.][0-9]{1," + scale + "}0*") + ")";
        String exponent = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}";
        String value = trimmed(v, type);
        String exact = whenForm(
                v,
                exponent,
                "CASE WHEN CAST(" + value + " AS DOUBLE) = " + trimmed(v, LeatType.DOUBLE) + " THEN " + value + " END");
        return sameText(
                v,
                type,
                "true",
                "CASE WHEN regexp_full_match(" + v + ", '\\s*(" + form + ")\\s*') THEN " + value + " ELSE " + exact
                        + " END");
    }

    private static String whenJson(String v, LeatType type) {
        return "CASE WHEN json_valid(" + v + ") THEN " + json("CAST(" + v + " AS JSON)", type, 0) + " END";
    }

    /**
     * Field by field and element by element, as strictly as the whole: DuckDB's json_transform_strict still rounds and drops unknown
     * keys. A key that is missing is a field without value.
     */
    private static String json(String v, LeatType type, int depth) {
        return switch (type) {
            case LeatType.Struct struct -> object(v, struct, depth);
            case LeatType.ListOf list -> list(v, list, depth);
            case LeatType.Decimal decimal -> ofText(text(v), decimal).orNull();
            case LeatType.Simple simple -> ofText(text(v), simple).orNull();
        };
    }

    private static String object(String v, LeatType.Struct struct, int depth) {
        String names = struct.fields().stream()
                .map(field -> Names.literal(field.name()))
                .collect(Collectors.joining(", "));
        var whole = new StringBuilder("json_type(" + v + ") = 'OBJECT' AND len(list_filter(json_keys(" + v
                + "), lambda k" + depth + ": k" + depth + " NOT IN (" + names + "))) = 0");
        List<String> values = new ArrayList<>();
        for (LeatType.Field field : struct.fields()) {
            String member = "json_extract(" + v + ", "
                    + Names.literal("/" + field.name().replace("~", "~0").replace("/", "~1")) + ")";
            String value = json(member, field.type(), depth + 1);
            whole.append(" AND (")
                    .append(text(member))
                    .append(" IS NULL OR ")
                    .append(value)
                    .append(" IS NOT NULL)");
            values.add(Names.quoted(field.name()) + " := " + value);
        }
        return "CASE WHEN " + whole + " THEN struct_pack(" + String.join(", ", values) + ") END";
    }

    private static String list(String v, LeatType.ListOf list, int depth) {
        String element = "e" + depth;
        String elements = "json_extract(" + v + ", '$[*]')";
        String values = "list_transform(" + elements + ", lambda " + element + ": "
                + json(element, list.element(), depth + 1) + ")";
        String wanted = "len(list_filter(" + elements + ", lambda " + element + ": " + text(element) + " IS NOT NULL))";
        String found = "len(list_filter(" + values + ", lambda " + element + ": " + element + " IS NOT NULL))";
        return "CASE WHEN json_type(" + v + ") = 'ARRAY' THEN CASE WHEN " + wanted + " = " + found + " THEN " + values
                + " END END";
    }

    private static String text(String json) {
        return "json_extract_string(" + json + ", '$')";
    }

    private static String formatted(String v, LeatType type, String format) {
        String text = format.endsWith("%z") ? "regexp_replace(" + Blanks.off(v) + ", '[Zz]$', '+0000')" : Blanks.off(v);
        String parsed = "try_strptime(" + text + ", " + Names.literal(format) + ")";
        if (type == LeatType.DATE) {
            return "CASE WHEN " + parsed + " = date_trunc('day', " + parsed + ") THEN CAST(" + parsed + " AS DATE) END";
        }
        if (type == LeatType.TIME) {
            return "CAST(" + parsed + " AS TIME)";
        }
        return "CAST(" + parsed + " AS " + type.duckDb() + ")";
    }

    private static String ofTyped(String v, String sqlType, LeatType type) {
        if (sqlType.equals(type.duckDb())) {
            return v;
        }
        if (type == LeatType.STRING) {
            return "CAST(" + v + " AS VARCHAR)";
        }
        if (List.of("TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S").contains(sqlType)
                        && type == LeatType.TIMESTAMP
                || sqlType.equals("TIMESTAMP WITH TIME ZONE") && type == LeatType.LOCAL_TIMESTAMP) {
            return "CAST(NULL AS " + type.duckDb() + ")";
        }
        String value = cast(v, type);
        return "CASE WHEN " + cast(value, sqlType) + " = " + v + " THEN " + value + " END";
    }

    private static String cast(String v, String sqlType) {
        return "TRY_CAST(" + v + " AS " + sqlType + ")";
    }
}
