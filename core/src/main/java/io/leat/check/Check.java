package io.leat.check;

import io.leat.config.Choice;
import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.Mark;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.config.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question with a name, and what its answer means.
 *
 * @param mark where what it asks is written
 * @param warnIf from which number on it warns; empty: the severity decides
 * @param errorIf from which number on it fails; empty: the severity decides
 */
public record Check(
        String name,
        Question question,
        Mark mark,
        Severity severity,
        Optional<Condition> warnIf,
        Optional<Condition> errorIf,
        EmptyWindow emptyWindow) {

    private static final Shape<String> VALUE = Shape.scalar().as(scalar -> scalar.text());
    private static final Shape<Condition> CONDITION =
            Shape.parsed("a comparison such as > 0 or > 1%", Condition.FORM, Condition::parse);

    private static final Key<Optional<Long>> ROWS_MIN =
            Key.optional("min", Shape.integer(0, Long.MAX_VALUE), "The least number of rows.");
    private static final Key<Optional<Long>> ROWS_MAX =
            Key.optional("max", Shape.integer(0, Long.MAX_VALUE), "The greatest number of rows.");
    private static final Key<Question> ROWS = Key.required(
            "rows",
            Shape.object(
                    "check rows",
                    "How many rows a slice has.",
                    fields -> new Question.Rows(fields.value(ROWS_MIN), fields.value(ROWS_MAX)),
                    ROWS_MIN,
                    ROWS_MAX),
            "Bounds for the number of rows.");

    private static final Key<Question> NOT_NULL = Key.required(
            "not_null",
            Shape.oneOrList(Shape.text()).as(Question.NotNull::new),
            "Columns in which NULL is not allowed.");
    private static final Key<Question> UNIQUE = Key.required(
            "unique",
            Shape.oneOrList(Shape.text()).as(Question.Unique::new),
            "Columns whose values together occur once.");

    private static final Key<String> COLUMN = Key.required("column", Shape.text(), "The column that is asked.");
    private static final Key<Optional<String>> LEAST = Key.optional("min", VALUE, "The least value, included.");
    private static final Key<Optional<String>> MOST = Key.optional("max", VALUE, "The greatest value, included.");
    private static final Key<Question> RANGE = Key.required(
            "range",
            Shape.object(
                    "check range",
                    "Bounds for the values of a column.",
                    fields -> new Question.Range(fields.value(COLUMN), fields.value(LEAST), fields.value(MOST)),
                    COLUMN,
                    LEAST,
                    MOST),
            "Bounds for the values of a column.");

    private static final Key<String> MATCHES =
            Key.required("matches", Shape.text(), "A regular expression that the whole text has to match.");
    private static final Key<Question> PATTERN = Key.required(
            "pattern",
            Shape.object(
                    "check pattern",
                    "The form of the texts of a column.",
                    fields -> new Question.Matches(fields.value(COLUMN), fields.value(MATCHES)),
                    COLUMN,
                    MATCHES),
            "The form of the texts of a column.");

    private static final Key<List<String>> VALUES =
            Key.required("values", Shape.listOfSome(VALUE), "The values that are allowed.");
    private static final Key<Question> SET = Key.required(
            "set",
            Shape.object(
                    "check set",
                    "The values that a column may have.",
                    fields -> new Question.OneOf(fields.value(COLUMN), fields.value(VALUES)),
                    COLUMN,
                    VALUES),
            "The values that a column may have.");

    private static final Shape<Condition> MOST_REJECTS = Shape.parsedScalar(
            "a number of rows or a percentage such as 10 or 1%",
            "[0-9]+(\\.[0-9]+)?\\s*%?", text -> Condition.parse("> " + text));
    private static final Key<Condition> REJECTS_MAX =
            Key.required("max", MOST_REJECTS, "The greatest number or share of source rows.");
    private static final Key<Question> REJECTS = Key.required(
            "rejects",
            Shape.object(
                    "check rejects",
                    "How many source rows may be rejected.",
                    fields -> new Question.Rejects(fields.value(REJECTS_MAX)),
                    REJECTS_MAX),
            "How many source rows may be rejected.");

    private static final Key<Question> SQL = Key.required(
            "sql",
            Shape.text().as(Question.Query::new),
            "A query over the table 'this' that returns the rows that are wrong.");

    private static final Choice<Question> QUESTION =
            Choice.exactlyOne(List.of(ROWS, NOT_NULL, UNIQUE, RANGE, PATTERN, SET, REJECTS, SQL));

    private static final Key<Optional<String>> NAME =
            Key.optional("name", Shape.text(), "What the check is called; absent: made from what it asks.");
    private static final Key<Severity> SEVERITY = Key.optional(
            "severity", Shape.oneOf(Severity.class), "Whether a check that does not hold stops the slice.", "error");
    private static final Key<Optional<Condition>> WARN_IF =
            Key.optional("warn_if", CONDITION, "From which number of wrong rows on it warns.");
    private static final Key<Optional<Condition>> ERROR_IF =
            Key.optional("error_if", CONDITION, "From which number of wrong rows on it fails.");
    private static final Key<EmptyWindow> EMPTY_WINDOW = Key.optional(
            "empty_window", Shape.oneOf(EmptyWindow.class), "Whether a slice without rows is asked at all.", "check");

    public static final ObjectShape<Check> SHAPE = Shape.object(
            "check",
            "A question to the rows of a slice.",
            Check::of,
            NAME,
            QUESTION,
            SEVERITY,
            WARN_IF,
            ERROR_IF,
            EMPTY_WINDOW);

    private static Check of(Fields fields) {
        Question question = fields.value(QUESTION);
        return new Check(
                fields.value(NAME).orElseGet(() -> nameOf(question)),
                question,
                fields.mark(QUESTION),
                fields.value(SEVERITY),
                fields.value(WARN_IF),
                fields.value(ERROR_IF),
                fields.value(EMPTY_WINDOW));
    }

    /** A check by which a query's rows stop the slice. */
    public static Check ofQuery(String name, String sql, Severity severity) {
        return new Check(
                name,
                new Question.Query(sql),
                Mark.whole(SourceText.named(name)),
                severity,
                Optional.empty(),
                Optional.empty(),
                EmptyWindow.CHECK);
    }

    private static String nameOf(Question question) {
        return switch (question) {
            case Question.Rows _ -> "rows";
            case Question.NotNull(List<String> columns) -> named("not_null", columns);
            case Question.Unique(List<String> columns) -> named("unique", columns);
            case Question.Range range -> named("range", List.of(range.column()));
            case Question.Matches matches -> named("pattern", List.of(matches.column()));
            case Question.OneOf oneOf -> named("set", List.of(oneOf.column()));
            case Question.Rejects _ -> "rejects";
            case Question.Query _ -> "sql";
        };
    }

    private static String named(String what, List<String> columns) {
        return what + "_" + String.join("_", columns).toLowerCase(Locale.ROOT);
    }
}
