package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.schema.Blanks;
import io.leat.schema.LeatType;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads all rows once, and asks of every column which of its candidate types they fit. */
final class Survey {

    private static final int SAMPLE_ROWS = 2000;
    private static final int SAMPLE_VALUES = 200_000;
    private static final int COLUMNS_AT_ONCE = 150;
    private static final int LONGEST_SAMPLE = 80;

    private final DuckDb duckDb;
    private final String relation;
    private final boolean nullWords;

    /** @param nullWords whether texts such as NA may stand for no value: only where a project can say so */
    Survey(DuckDb duckDb, String relation, boolean nullWords) {
        this.duckDb = duckDb;
        this.relation = relation;
        this.nullWords = nullWords;
    }

    /** What was found, column by column. */
    List<Finding> of(List<RawColumn> columns) {
        List<List<Candidate>> candidates = candidates(columns);
        List<Finding> findings = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
            int to = Math.min(columns.size(), from + COLUMNS_AT_ONCE);
            findings.addAll(measured(columns, candidates, from, to));
        }
        if (again(findings, candidates)) {
            for (int place = 0; place < columns.size(); place++) {
                if (!findings.get(place).candidates().equals(candidates.get(place))) {
                    findings.set(
                            place,
                            measured(columns, candidates, place, place + 1).getFirst());
                }
            }
        }
        return findings;
    }

    /** Columns that had nothing in the sample get candidates of the values that turned up later. */
    private static boolean again(List<Finding> findings, List<List<Candidate>> candidates) {
        boolean some = false;
        for (int place = 0; place < findings.size(); place++) {
            Finding finding = findings.get(place);
            if (finding.candidates().isEmpty()
                    && finding.isText()
                    && !finding.examples().isEmpty()) {
                List<Candidate> late = Candidate.of(finding.examples());
                some |= !late.isEmpty();
                candidates.set(place, late);
            }
        }
        return some;
    }

    private List<List<Candidate>> candidates(List<RawColumn> columns) {
        int rows = Math.clamp(SAMPLE_VALUES / Math.max(1, columns.size()), 100, SAMPLE_ROWS);
        List<Set<String>> samples = new ArrayList<>();
        columns.forEach(column -> samples.add(new TreeSet<>()));
        String list = IntStream.range(0, columns.size())
                .mapToObj(place ->
                        columns.get(place).isText() ? "left(" + trimmed(place) + ", " + LONGEST_SAMPLE + ")" : "NULL")
                .collect(Collectors.joining(", "));
        duckDb.stream("SELECT " + list + " FROM (" + relation + ") LIMIT " + rows, row -> {
            for (int place = 0; place < columns.size(); place++) {
                String text = row.getString(place + 1);
                if (text != null) {
                    samples.get(place).add(text);
                }
            }
        });
        List<List<Candidate>> candidates = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            List<Candidate> found = Candidate.of(samples.get(place));
            if (found.stream().anyMatch(candidate -> candidate.type() == LeatType.JSON)) {
                found.addAll(
                        0,
                        Nested.candidates(
                                duckDb, "SELECT " + trimmed(place) + " AS t FROM (" + relation + ") LIMIT " + rows));
            }
            candidates.add(found);
        }
        return candidates;
    }

    private List<Finding> measured(List<RawColumn> columns, List<List<Candidate>> candidates, int from, int to) {
        List<String> list = new ArrayList<>();
        list.add("count(*)");
        for (int place = from; place < to; place++) {
            list.addAll(aggregates(columns.get(place), place, candidates.get(place)));
        }
        String texts = IntStream.range(from, to)
                .filter(place -> columns.get(place).isText())
                .mapToObj(place -> ", " + trimmed(place) + " AS t" + place)
                .collect(Collectors.joining());
        String sql = "SELECT " + String.join(", ", list) + " FROM (SELECT *" + texts + " FROM (" + relation + "))";
        List<Finding> found = new ArrayList<>();
        duckDb.stream(sql, row -> {
            int[] at = {2};
            for (int place = from; place < to; place++) {
                found.add(finding(row, at, columns.get(place), candidates.get(place)));
            }
        });
        return found;
    }

    private List<String> aggregates(RawColumn column, int place, List<Candidate> candidates) {
        String raw = RawSchema.sqlName(place);
        List<String> list =
                new ArrayList<>(List.of("count(*)", "count(" + raw + ")", "approx_count_distinct(" + raw + ")"));
        if (!column.isText()) {
            return list;
        }
        String text = "t" + place;
        list.add("count(" + text + ")");
        list.add(nullWords ? NullWords.occurring(text + " IS NULL", raw) : "0");
        list.add("min(length(" + raw + "))");
        list.add("max(length(" + raw + "))");
        if (candidates.isEmpty()) {
            list.add("min(" + text + ")");
            list.add("max(" + text + ")");
            list.add("any_value(" + text + ")");
        }
        for (Candidate candidate : candidates) {
            String holds = candidate.holds(text);
            list.add("count(*) FILTER (WHERE " + text + " IS NOT NULL AND (" + holds + ") IS NOT TRUE)");
        }
        if (hasNumbers(candidates)) {
            list.add(NumberDigits.sql(text));
        }
        return list;
    }

    private static Finding finding(ResultSet row, int[] at, RawColumn column, List<Candidate> candidates)
            throws SQLException {
        long rows = row.getLong(at[0]++);
        long values = row.getLong(at[0]++);
        long distinct = row.getLong(at[0]++);
        if (!column.isText()) {
            return Finding.ofTyped(column, rows, values, distinct);
        }
        long typed = row.getLong(at[0]++);
        long words = row.getLong(at[0]++);
        boolean twoLetters = row.getInt(at[0]) == 2 && row.getInt(at[0] + 1) == 2;
        at[0] += 2;
        Set<String> examples = new TreeSet<>();
        if (candidates.isEmpty()) {
            for (int i = 0; i < 3; i++) {
                String example = row.getString(at[0]++);
                if (example != null) {
                    examples.add(example);
                }
            }
        }
        List<Long> misses = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            misses.add(row.getLong(at[0]++));
        }
        NumberDigits digits = new NumberDigits(0, 0, 0, 0);
        if (hasNumbers(candidates)) {
            digits = NumberDigits.read(row, at[0]);
            at[0] += NumberDigits.COLUMNS;
        }
        return new Finding(
                column, rows, values, typed, distinct, words, twoLetters, examples, candidates, misses, digits);
    }

    private static boolean hasNumbers(List<Candidate> candidates) {
        return candidates.stream().anyMatch(candidate -> candidate.type().isNumber());
    }

    /** The text of a raw column without blanks around it; NULL where it only says that there is none. */
    private String trimmed(int place) {
        String raw = RawSchema.sqlName(place);
        String trimmed = Blanks.off(raw);
        return nullWords ? "CASE WHEN " + NullWords.isOne(raw) + " THEN NULL ELSE " + trimmed + " END" : trimmed;
    }
}
