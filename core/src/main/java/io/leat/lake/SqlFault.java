package io.leat.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.config.Mark;
import io.leat.config.SourceText;
import io.leat.name.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What DuckDB says of a statement, taken apart, whether the session tells errors as text or, with {@code errors_as_json}, as
 * JSON: only then it says where.
 *
 * @param kind DuckDB's word for it: {@code Binder}, {@code Conversion}
 * @param message a sentence or two that begin in lower case, without the statement, candidates and advice
 * @param place the byte in the statement at which it found the fault; negative if it does not say
 * @param candidates what may have been meant, the nearest first
 */
public record SqlFault(String kind, String message, long place, List<String> candidates) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 300;
    /** An operator has dozens of candidates. */
    private static final int LONGEST_HINT = 160;

    private static final Pattern KIND = Pattern.compile("^([A-Z][A-Za-z ]*) Error: ");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");
    /** Faults of whoever wrote the statement, or of the values that it met; not of files, memory or the machine. */
    private static final Set<String> OF_STATEMENTS = Set.of(
            "Parser",
            "Syntax",
            "Binder",
            "Catalog",
            "Conversion",
            "Out of Range",
            "Invalid Input",
            "Mismatch Type",
            "Invalid Type",
            "Divide by Zero",
            "Not implemented",
            "Expression",
            "Parameter Not Resolved");

    public SqlFault {
        candidates = List.copyOf(candidates);
    }

    /** What a failure of a {@link DuckDb} says. */
    public static SqlFault of(PipelineException failure) {
        Throwable cause = failure.getCause();
        String message = cause == null || cause.getMessage() == null ? failure.message() : cause.getMessage();
        return told(message)
                .map(told -> new SqlFault(
                        told.path("exception_type").asString(""),
                        brief(told.path("exception_message").asString()),
                        told.path("position").asLong(-1),
                        split(told.path("candidates").asString(""))))
                .orElseGet(() -> ofText(message));
    }

    /** Of a message of DuckDB's parser. */
    public static SqlFault ofParser(String message, long place) {
        return new SqlFault("Parser", brief(message), place, List.of());
    }

    private static SqlFault ofText(String message) {
        Matcher kind = KIND.matcher(message);
        boolean known = kind.find();
        String text = known ? message.substring(kind.end()) : message;
        List<String> candidates = new ArrayList<>();
        text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Candidate bindings:") || line.startsWith("Did you mean"))
                .flatMap(line -> QUOTED.matcher(line).results())
                .forEach(quoted -> candidates.add(quoted.group(1)));
        return new SqlFault(known ? kind.group(1) : "", brief(text), -1, candidates);
    }

    /** What DuckDB says, as text in either case: {@code Binder Error: …}. */
    static String plain(String message) {
        return told(message)
                .map(told -> told.path("exception_type").asString("") + " Error: "
                        + told.path("exception_message").asString())
                .orElse(message);
    }

    private static Optional<JsonNode> told(String message) {
        int start = message.indexOf('{');
        if (start < 0) {
            return Optional.empty();
        }
        try {
            JsonNode told = JSON.readTree(message.substring(start));
            return told.path("exception_message").isString() ? Optional.of(told) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Which character of a statement is at its place. */
    public int offsetIn(String sql) {
        byte[] bytes = sql.getBytes(UTF_8);
        return new String(bytes, 0, (int) Math.clamp(place, 0, bytes.length), UTF_8).length();
    }

    /** Its place in a statement that users know by this name. */
    public Mark markIn(String name, String sql) {
        return Mark.at(SourceText.ofText(name, sql), sql, offsetIn(sql));
    }

    /** Whether it is a fault of the statement, or of the values that it met; else something else broke. */
    public boolean isOfStatement() {
        return OF_STATEMENTS.contains(kind);
    }

    /** Whether it is that a column, function or type of some name is not there. */
    public boolean isAboutNames() {
        return message.contains("does not exist") || message.contains("not found in FROM clause");
    }

    /** The same fault of what stands behind a prefix in the statement. */
    public SqlFault behind(String prefix) {
        return new SqlFault(kind, message, place - prefix.getBytes(UTF_8).length, candidates);
    }

    /** What may help, as a sentence. */
    public Optional<String> hint() {
        return candidates.stream()
                .findFirst()
                .filter(nearest -> nearest.length() <= LONGEST_HINT)
                .map(nearest -> nearest.contains("(") ? "there is " + nearest : "did you mean '" + nearest + "'?");
    }

    private static List<String> split(String candidates) {
        // functions are told with their parameters, which hold commas: one would not be a whole
        return candidates.isBlank()
                ? List.of()
                : candidates.contains("(")
                        ? List.of(candidates.strip())
                        : List.of(candidates.replace("\"", "").strip().split("\\s*,\\s*"));
    }

    private static String brief(String message) {
        String first = message.lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("Candidate")
                        && !line.startsWith("Did you mean")
                        && !line.startsWith("Possible solutions")
                        && !line.startsWith("LINE "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        String text = first.isEmpty() ? message.strip() : first;
        String shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
        return shortened.isEmpty()
                ? "the query cannot be understood"
                : shortened.substring(0, 1).toLowerCase(Locale.ROOT) + shortened.substring(1);
    }
}
