package io.leat.step;

import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.Node;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.schema.LeatType;
import io.leat.schema.StrictCast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What one column is, and what its values must be like. A row that breaks a rule is rejected.
 *
 * @param from name in the source, where it is another
 * @param format of dates and times, in the letters of strptime
 * @param pattern that a text has to match as a whole
 * @param values the only ones allowed; empty for any
 * @param fallback what stands where the source has nothing
 */
public record ColumnRule(
        LeatType type,
        Optional<String> from,
        Optional<String> format,
        boolean required,
        Optional<Located<String>> min,
        Optional<Located<String>> max,
        Optional<Located<String>> pattern,
        List<Located<String>> values,
        Optional<Located<String>> fallback,
        Optional<String> description) {

    private static final Shape<LeatType> TYPE =
            Shape.parsed("a type such as string, integer, decimal(10,2), date, local_timestamp", "", LeatType::parse);
    private static final Shape<Located<String>> VALUE =
            Shape.scalar().located().as(value -> value.map(Node.Scalar::text));

    private static final Key<LeatType> TYPE_KEY =
            Key.optional("type", TYPE, "The type; a value that would lose something in it is rejected.", "string");
    private static final Key<Optional<String>> FROM =
            Key.optional("from", Shape.text(), "The name in the source, where it is another.");
    private static final Key<Optional<String>> FORMAT =
            Key.optional("format", Shape.text(), "How dates and times are written, in the letters of strptime.");
    private static final Key<Boolean> REQUIRED =
            Key.optional("required", Shape.bool(), "Rows without a value are rejected.", "false");
    private static final Key<Optional<Located<String>>> MIN = Key.optional("min", VALUE, "The least value allowed.");
    private static final Key<Optional<Located<String>>> MAX = Key.optional("max", VALUE, "The greatest value allowed.");
    private static final Key<Optional<Located<String>>> PATTERN = Key.optional(
            "pattern",
            Shape.text().as(ColumnRule::checkedPattern).located(),
            "A regular expression that every text has to match as a whole.");
    private static final Key<List<Located<String>>> VALUES =
            Key.optional("values", Shape.list(VALUE), "The only values allowed.", "[]");
    private static final Key<Optional<Located<String>>> DEFAULT =
            Key.optional("default", VALUE, "What stands where the source has nothing.");
    private static final Key<Optional<String>> DESCRIPTION =
            Key.optional("description", Shape.text(), "What the column means.");

    private static final ObjectShape<ColumnRule> OBJECT = Shape.object(
            "column",
            "A column: its type, where it comes from, and what its values must be like.",
            fields -> {
                LeatType type = fields.value(TYPE_KEY);
                Optional<String> format = fields.value(FORMAT);
                StrictCast.problem(type, format.orElse(null)).ifPresent(problem -> fields.refuse(FORMAT, problem));
                if (fields.value(PATTERN).isPresent() && type != LeatType.STRING) {
                    fields.refuse(PATTERN, "a pattern is for texts, and this column is of type " + type.text());
                }
                return new ColumnRule(
                        type,
                        fields.value(FROM),
                        format,
                        fields.value(REQUIRED),
                        fields.value(MIN),
                        fields.value(MAX),
                        fields.value(PATTERN),
                        fields.value(VALUES),
                        fields.value(DEFAULT),
                        fields.value(DESCRIPTION));
            },
            TYPE_KEY,
            FROM,
            FORMAT,
            REQUIRED,
            MIN,
            MAX,
            PATTERN,
            VALUES,
            DEFAULT,
            DESCRIPTION);

    /** A mapping, or only the type. */
    public static final Shape<ColumnRule> SHAPE = Shape.either(TYPE.as(ColumnRule::ofType), OBJECT);

    /** The values that have to be of the column's type. */
    List<Located<String>> literals() {
        List<Located<String>> literals = new ArrayList<>(values);
        min.ifPresent(literals::add);
        max.ifPresent(literals::add);
        fallback.ifPresent(literals::add);
        return literals;
    }

    /** A column that is only of a type. */
    public static ColumnRule ofType(LeatType type) {
        return new ColumnRule(
                type,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static String checkedPattern(String text) {
        try {
            Pattern.compile(text);
            return text;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a regular expression: " + wrong.getDescription(), wrong);
        }
    }
}
