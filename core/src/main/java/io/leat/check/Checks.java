package io.leat.check;

import io.leat.check.Question.Matches;
import io.leat.check.Question.NotNull;
import io.leat.check.Question.OneOf;
import io.leat.check.Question.Query;
import io.leat.check.Question.Range;
import io.leat.check.Question.Rejects;
import io.leat.check.Question.Rows;
import io.leat.check.Question.Unique;
import io.leat.lake.DuckDb;
import io.leat.lake.SqlFault;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import io.leat.state.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the checks of one pipeline or model. */
public final class Checks {

    private static final String WINDOW = Sql.identifier(Provenance.WINDOW);
    private static final int SAMPLES = 3;

    private final DuckDb duck;
    private final List<Check> checks;

    public Checks(DuckDb duck, List<Check> checks) {
        this.duck = duck;
        this.checks = List.copyOf(checks);
    }

    /**
     * The rows that are asked.
     *
     * @param windowStart which rows of the relation are meant, by their window column; null: those without a window
     * @param rows how many they are
     * @param read source rows that they come from, rejected ones included
     */
    public record Subject(@Nullable Instant windowStart, long rows, long read, long rejected) {}

    /**
     * SQL aggregates over the rows of a subject that count what some of the checks want to know, for whoever reads the rows anyway.
     */
    public List<String> aggregates() {
        return byRow().stream()
                .map(check ->
                        "count(*) FILTER (WHERE " + wrong(check.question()).orElse("false") + ")")
                .toList();
    }

    /**
     * The answers for each subject, in the order of the checks.
     *
     * @param relation SQL that stands after FROM and holds the rows of all subjects, with the columns of provenance
     * @throws PipelineException if a query of a user cannot be run
     */
    public List<List<Answer>> ask(String relation, List<Subject> subjects) {
        try {
            return ask(relation, subjects, counted(relation));
        } catch (PipelineException e) {
            throw explained(e);
        }
    }

    /**
     * The same where the {@link #aggregates} are known.
     *
     * @param counted what they gave by window, in their order
     */
    public List<List<Answer>> ask(String relation, List<Subject> subjects, Map<Optional<Instant>, List<Long>> counted) {
        Map<Check, Map<Optional<Instant>, Long>> measured;
        try {
            measured = measure(relation, counted);
        } catch (PipelineException e) {
            throw explained(e);
        }
        List<List<Answer>> answers = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Answer> ofSubject = new ArrayList<>();
            for (Check check : checks) {
                ofSubject.add(answer(check, subject, relation, measured.getOrDefault(check, Map.of())));
            }
            answers.add(ofSubject);
        }
        return answers;
    }

    private List<Check> byRow() {
        return checks.stream()
                .filter(check -> wrong(check.question()).isPresent())
                .toList();
    }

    private Map<Optional<Instant>, List<Long>> counted(String relation) {
        List<String> aggregates = aggregates();
        Map<Optional<Instant>, List<Long>> counted = new HashMap<>();
        if (!aggregates.isEmpty()) {
            duck.stream(
                    "SELECT epoch_us(%s), [%s] FROM %s GROUP BY %s"
                            .formatted(WINDOW, String.join(", ", aggregates), relation, WINDOW),
                    row -> counted.put(window(row), longs(row, 2)));
        }
        return counted;
    }

    /** A list of numbers, as {@code [aggregate, …]} gives it. */
    public static List<Long> longs(ResultSet row, int column) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        for (Object number : (Object[]) row.getArray(column).getArray()) {
            numbers.add(((Number) number).longValue());
        }
        return numbers;
    }

    /** The number of wrong rows by window, of all checks that can be asked of all windows at once. */
    private Map<Check, Map<Optional<Instant>, Long>> measure(
            String relation, Map<Optional<Instant>, List<Long>> counted) {
        Map<Check, Map<Optional<Instant>, Long>> measured = new HashMap<>();
        List<Check> byRow = byRow();
        counted.forEach((window, wrong) -> {
            for (int i = 0; i < byRow.size(); i++) {
                put(measured, byRow.get(i), window, wrong.get(i));
            }
        });
        for (Check check : checks) {
            if (check.question() instanceof Unique(List<String> columns)) {
                duck.stream(
                        """
                        SELECT epoch_us(%1$s), sum(n - 1)::BIGINT
                        FROM (SELECT %1$s, count(*) AS n FROM %2$s GROUP BY %1$s, %3$s HAVING count(*) > 1)
                        GROUP BY %1$s
                        """.formatted(WINDOW, relation, Sql.identifiers(columns)),
                        row -> put(measured, check, window(row), row.getLong(2)));
            }
        }
        return measured;
    }

    private static void put(
            Map<Check, Map<Optional<Instant>, Long>> measured, Check check, Optional<Instant> window, long rows) {
        measured.computeIfAbsent(check, some -> new HashMap<>()).put(window, rows);
    }

    private static Optional<Instant> window(ResultSet row) throws SQLException {
        long micros = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(micros / 1_000_000));
    }

    /** What makes a single row wrong; empty for questions that are not about single rows. */
    private static Optional<String> wrong(Question question) {
        return switch (question) {
            case NotNull(List<String> columns) ->
                Optional.of(columns.stream()
                        .map(column -> Sql.identifier(column) + " IS NULL")
                        .collect(Collectors.joining(" OR ")));
            case Range(String column, Optional<String> min, Optional<String> max) ->
                Optional.of(min.map(least -> Sql.identifier(column) + " < " + Sql.literal(least)).stream()
                        .collect(Collectors.joining())
                        .concat(min.isPresent() && max.isPresent() ? " OR " : "")
                        .concat(max.map(most -> Sql.identifier(column) + " > " + Sql.literal(most))
                                .orElse("")));
            case Matches(String column, String pattern) ->
                Optional.of(
                        "NOT regexp_full_match(" + Sql.identifier(column) + "::VARCHAR, " + Sql.literal(pattern) + ")");
            case OneOf(String column, List<String> values) ->
                Optional.of(Sql.identifier(column) + "::VARCHAR NOT IN (" + Sql.literals(values) + ")");
            case Unique _, Rows _, Rejects _, Query _ -> Optional.empty();
        };
    }

    private Answer answer(Check check, Subject subject, String relation, Map<Optional<Instant>, Long> measured) {
        if (subject.rows() == 0 && check.emptyWindow() == EmptyWindow.OK) {
            return new Answer(check.name(), Verdict.PASS, "no rows", threshold(check), "no rows");
        }
        return switch (check.question()) {
            case Rows(Optional<Long> min, Optional<Long> max) -> {
                long rows = subject.rows();
                boolean holds = min.isEmpty() || rows >= min.get();
                holds &= max.isEmpty() || rows <= max.get();
                yield judged(check, holds, rows, subject.rows(), noun(rows), "");
            }
            case Rejects(Condition tooMany) ->
                judged(
                        check,
                        !tooMany.holds(subject.rejected(), subject.read()),
                        subject.rejected(),
                        subject.read(),
                        "rejected of %,d".formatted(subject.read()),
                        "");
            case Query(String sql) -> {
                long rows = count(check, sql, relation, subject);
                yield judged(check, rows == 0, rows, subject.rows(), wrong(rows), "");
            }
            case NotNull _, Range _, Matches _, OneOf _, Unique _ -> {
                long rows = measured.getOrDefault(Optional.ofNullable(subject.windowStart()), 0L);
                String sample = rows == 0 ? "" : sample(check.question(), relation, subject);
                yield judged(check, rows == 0, rows, subject.rows(), wrong(rows), sample);
            }
        };
    }

    private static String noun(long rows) {
        return rows == 1 ? "row" : "rows";
    }

    private static String wrong(long rows) {
        return rows == 1 ? "row that is wrong" : "rows that are wrong";
    }

    private static Answer judged(Check check, boolean holds, long value, long total, String unit, String sample) {
        Verdict verdict;
        if (check.warnIf().isPresent() || check.errorIf().isPresent()) {
            verdict = check.errorIf().filter(limit -> limit.holds(value, total)).isPresent()
                    ? Verdict.FAIL
                    : check.warnIf().filter(limit -> limit.holds(value, total)).isPresent()
                            ? Verdict.WARN
                            : Verdict.PASS;
        } else {
            verdict = holds ? Verdict.PASS : check.severity() == Severity.ERROR ? Verdict.FAIL : Verdict.WARN;
        }
        String message = "%,d %s".formatted(value, unit);
        if (verdict != Verdict.PASS) {
            message += ", allowed: " + threshold(check) + sample;
        }
        return new Answer(check.name(), verdict, Long.toString(value), threshold(check), message);
    }

    private static String threshold(Check check) {
        String limits = check.errorIf().map(limit -> "error if " + limit).orElse("")
                + (check.errorIf().isPresent() && check.warnIf().isPresent() ? ", " : "")
                + check.warnIf().map(limit -> "warning if " + limit).orElse("");
        if (!limits.isEmpty()) {
            return limits;
        }
        return switch (check.question()) {
            case Rows(Optional<Long> min, Optional<Long> max) ->
                min.map(least -> "at least %,d".formatted(least)).orElse("")
                        + (min.isPresent() && max.isPresent() ? ", " : "")
                        + max.map(most -> "at most %,d".formatted(most)).orElse("");
            case Rejects(Condition tooMany) ->
                "at most " + tooMany.amount().toPlainString() + (tooMany.percent() ? "%" : "");
            case NotNull _, Unique _, Range _, Matches _, OneOf _, Query _ -> "none";
        };
    }

    private String rowsOf(String relation, Subject subject) {
        Instant start = subject.windowStart();
        return "(SELECT * FROM " + relation + " WHERE " + WINDOW
                + (start == null ? " IS NULL" : " = make_timestamptz(" + start.getEpochSecond() * 1_000_000 + ")")
                + ")";
    }

    private long count(Check check, String sql, String relation, Subject subject) {
        try {
            duck.execute("CREATE OR REPLACE TEMP VIEW this AS FROM " + rowsOf(relation, subject));
            return duck.one("SELECT count(*) FROM (" + sql + "\n)", row -> row.getLong(1))
                    .orElse(0L);
        } catch (PipelineException e) {
            throw explained(e, "the query of the check " + check.name() + " failed: ")
                    .with("check", check.name());
        } finally {
            duck.execute("DROP VIEW IF EXISTS this");
        }
    }

    /** A fault of a query with {@link #aggregates}, in words that do not show the statement around them; others as they are. */
    public static PipelineException explained(PipelineException failure) {
        return explained(failure, "the checks cannot be asked: ");
    }

    /** A fault of what a user wrote, in words that do not show the statement around it; other failures as they are. */
    private static PipelineException explained(PipelineException failure, String beginning) {
        if (failure.code() != ErrorCode.DUCKDB || !SqlFault.of(failure).isOfStatement()) {
            return failure;
        }
        SqlFault fault = SqlFault.of(failure);
        var explained = new PipelineException(ErrorCode.TRANSFORMATION, beginning + fault.message(), failure);
        return fault.hint().map(explained::withHint).orElse(explained);
    }

    /** A few of the wrong values, for the message. */
    private String sample(Question question, String relation, Subject subject) {
        String sql = switch (question) {
            case Unique(List<String> columns) ->
                "SELECT %1$s FROM %2$s GROUP BY %1$s HAVING count(*) > 1 ORDER BY ALL LIMIT %3$d"
                        .formatted(Sql.identifiers(columns), rowsOf(relation, subject), SAMPLES);
            case Range(String column, var _, var _) -> wrongValues(question, column, relation, subject);
            case Matches(String column, var _) -> wrongValues(question, column, relation, subject);
            case OneOf(String column, var _) -> wrongValues(question, column, relation, subject);
            case NotNull _, Rows _, Rejects _, Query _ -> "";
        };
        if (sql.isEmpty()) {
            return "";
        }
        List<String> values = duck.query(sql, row -> {
            List<String> parts = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                parts.add(String.valueOf(row.getString(i)));
            }
            return String.join(", ", parts);
        });
        return ", for example (" + String.join("), (", values) + ")";
    }

    private String wrongValues(Question question, String column, String relation, Subject subject) {
        return "SELECT DISTINCT %s FROM %s WHERE %s ORDER BY ALL LIMIT %d"
                .formatted(
                        Sql.identifier(column),
                        rowsOf(relation, subject),
                        wrong(question).orElse("true"),
                        SAMPLES);
    }
}
