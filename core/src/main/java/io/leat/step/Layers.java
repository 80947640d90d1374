package io.leat.step;

import io.leat.name.Sql;
import io.leat.schema.LeatType;
import io.leat.schema.RawSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SQL that grows step by step, as subqueries around subqueries: each adds, changes or judges columns. It grows in one of two ways.
 * The fast one stops at the first row that would be refused, with an error; the judging one keeps every row, and beside it where
 * it ended and why.
 */
final class Layers {

    /** A row that a fast program refuses ends it with this message. */
    static final String STOP = "error('LEAT_REJECT')";

    private final boolean judging;
    private final LinkedHashMap<String, LeatType> columns = new LinkedHashMap<>();
    private String sql;
    private boolean rawText;
    private boolean refusedSince;

    /** What a judged row carries beside its columns. */
    private static final List<String> BOOKKEEPING = List.of(
            "_leat_path",
            "_leat_row",
            "_leat_window",
            "_leat_fate",
            "_leat_step",
            "_leat_code",
            "_leat_column",
            "_leat_value",
            "_leat_reason");

    Layers(boolean judging, String rawRelation) {
        this.judging = judging;
        this.sql = judging
                ? "SELECT *, CAST(" + Fate.ALIVE + " AS TINYINT) AS _leat_fate, CAST(NULL AS SMALLINT) AS _leat_step,"
                        + " CAST(NULL AS VARCHAR) AS _leat_code, CAST(NULL AS VARCHAR) AS _leat_column,"
                        + " CAST(NULL AS VARCHAR) AS _leat_value, CAST(NULL AS VARCHAR) AS _leat_reason FROM ("
                        + rawRelation + ")"
                : rawRelation;
    }

    boolean judging() {
        return judging;
    }

    Map<String, LeatType> columns() {
        return columns;
    }

    String sql() {
        return sql;
    }

    /** The name of the column as it is written in the relation, whatever the case of the given one. */
    String actual(String name) {
        return columns.keySet().stream()
                .filter(column -> column.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }

    /** Adds a column computed from the others of the row, or one that is only for the layers. */
    void add(String name, String expression) {
        sql = "SELECT *, " + expression + " AS " + Sql.identifier(name) + " FROM (" + sql + ") AS this";
    }

    /** Adds several columns, none of which sees another. */
    void add(Map<String, String> expressions) {
        if (!expressions.isEmpty()) {
            sql = "SELECT *, "
                    + expressions.entrySet().stream()
                            .map(entry -> entry.getValue() + " AS " + Sql.identifier(entry.getKey()))
                            .collect(Collectors.joining(", "))
                    + " FROM (" + sql + ") AS this";
        }
    }

    void drop(List<String> names) {
        if (!names.isEmpty()) {
            sql = "SELECT * EXCLUDE (" + Sql.identifiers(names) + ") FROM (" + sql + ") AS this";
        }
    }

    /** Changes columns, or adds them at the end: name to SQL, none of which sees another. */
    void assign(Map<String, String> expressions, Map<String, LeatType> types) {
        Map<String, String> changed = new LinkedHashMap<>();
        Map<String, String> added = new LinkedHashMap<>();
        expressions.forEach((name, expression) -> (columns.containsKey(name) ? changed : added).put(name, expression));
        String replace = changed.isEmpty()
                ? ""
                : " REPLACE ("
                        + changed.entrySet().stream()
                                .map(entry -> entry.getValue() + " AS " + Sql.identifier(entry.getKey()))
                                .collect(Collectors.joining(", "))
                        + ")";
        String more = added.entrySet().stream()
                .map(entry -> ", " + entry.getValue() + " AS " + Sql.identifier(entry.getKey()))
                .collect(Collectors.joining());
        sql = "SELECT *" + replace + more + " FROM (" + sql + ") AS this";
        expressions.keySet().forEach(name -> columns.put(name, Objects.requireNonNull(types.get(name))));
    }

    /** Gives columns other names, all at once. */
    void rename(Map<String, String> names) {
        String list = names.entrySet().stream()
                .map(entry -> Sql.identifier(entry.getKey()) + " AS " + Sql.identifier(entry.getValue()))
                .collect(Collectors.joining(", "));
        sql = "SELECT * RENAME (" + list + ") FROM (" + sql + ") AS this";
        Map<String, LeatType> before = new LinkedHashMap<>(columns);
        columns.clear();
        before.forEach((name, type) -> columns.put(names.getOrDefault(name, name), type));
    }

    /** Refuses the rows for which one of the violations holds; the first counts. */
    void judge(int step, List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        if (!judging) {
            stop(violations);
            return;
        }
        refusedSince = true;
        add("_leat_verdict", "CASE WHEN _leat_fate <> " + Fate.ALIVE + " THEN NULL " + verdicts(violations) + "END");
        sql = "SELECT * EXCLUDE (_leat_verdict) REPLACE ("
                + "CASE WHEN _leat_verdict IS NULL THEN _leat_fate ELSE CAST(" + Fate.REJECTED
                + " AS TINYINT) END AS _leat_fate, "
                + "CASE WHEN _leat_verdict IS NULL THEN _leat_step ELSE CAST(" + step
                + " AS SMALLINT) END AS _leat_step, "
                + ofVerdict("_leat_code", violations, Violation::codeSql)
                + ", " + ofVerdict("_leat_column", violations, Violation::columnSql)
                + ", " + ofVerdict("_leat_value", violations, Violation::valueSql)
                + ", " + ofVerdict("_leat_reason", violations, Violation::reasonSql)
                + ") FROM (" + sql + ") AS this";
    }

    /** Adds columns of the one row of another relation that the condition finds, or NULLs. */
    void join(String rows, List<String> names, String condition) {
        sql = "SELECT this.*, "
                + names.stream().map(name -> "_leat_lookup." + name).collect(Collectors.joining(", ")) + " FROM (" + sql
                + ") AS this LEFT JOIN (" + rows + ") AS _leat_lookup ON " + condition;
    }

    /** Ends rows for which the condition holds with another fate than rejection. */
    void end(int step, Fate fate, String condition) {
        String ends = "_leat_fate = " + Fate.ALIVE + " AND (" + condition + ")";
        sql = "SELECT * REPLACE (CASE WHEN " + ends + " THEN CAST(" + fate
                + " AS TINYINT) ELSE _leat_fate END AS _leat_fate, CASE WHEN " + ends + " THEN CAST(" + step
                + " AS SMALLINT) ELSE _leat_step END AS _leat_step) FROM (" + sql + ") AS this";
    }

    /** One refused row among those of an origin refuses all of them that had come as far. */
    void rejectWholeOrigins() {
        if (!refusedSince) {
            return;
        }
        refusedSince = false;
        add(
                "_leat_fall",
                "min(CASE WHEN _leat_fate = " + Fate.REJECTED
                        + " THEN _leat_step END) OVER (PARTITION BY _leat_path, _leat_row)");
        String falls = "_leat_fall IS NOT NULL AND (_leat_fate = " + Fate.ALIVE + " OR _leat_step > _leat_fall)";
        sql = "SELECT * EXCLUDE (_leat_fall) REPLACE (CASE WHEN " + falls + " THEN CAST(" + Fate.REJECTED
                + " AS TINYINT) ELSE _leat_fate END AS _leat_fate, CASE WHEN " + falls
                + " THEN _leat_fall ELSE _leat_step END AS _leat_step, CASE WHEN " + falls
                + " THEN NULL ELSE _leat_code END AS _leat_code) FROM (" + sql + ") AS this";
    }

    /** From here on rows have siblings; only the first of them carries the raw record, which may be long. */
    void splitOrigins(String isFirst) {
        refusedSince = false;
        if (judging) {
            sql = "SELECT * REPLACE (CASE WHEN " + isFirst + " THEN _leat_raw END AS _leat_raw) FROM (" + sql
                    + ") AS this";
        }
    }

    /** The raw record as one text in place of its columns. */
    void rawTextForAll(RawSchema raw, String recordText) {
        if (judging && !rawText) {
            add("_leat_raw", recordText);
            dropRaw(raw);
            rawText = true;
        }
    }

    /**
     * Ends the judging: the raw record stands as a text beside rejected rows.
     *
     * @param kept columns that are neither the user's nor of the judging, and stay
     */
    void finish(RawSchema raw, String recordText, List<String> kept) {
        if (!rawText) {
            add("_leat_raw", "CASE WHEN _leat_fate = " + Fate.REJECTED + " THEN " + recordText + " END");
        }
        List<String> all = new ArrayList<>(BOOKKEEPING);
        all.add("_leat_raw");
        all.addAll(kept);
        String users = columns.isEmpty() ? "" : Sql.identifiers(columns.keySet()) + ", ";
        sql = "SELECT " + users + String.join(", ", all) + " FROM (" + sql + ") AS this";
    }

    private void dropRaw(RawSchema raw) {
        List<String> names = new ArrayList<>();
        for (int place = 0; place < raw.columns().size(); place++) {
            names.add(RawSchema.sqlName(place));
        }
        drop(names);
    }

    private void stop(List<Violation> violations) {
        Map<String, List<Violation>> byColumn = new LinkedHashMap<>();
        for (Violation violation : violations) {
            String column = columns.containsKey(violation.column())
                    ? violation.column()
                    : columns.keySet().iterator().next();
            byColumn.computeIfAbsent(column, name -> new ArrayList<>()).add(violation);
        }
        Map<String, String> checked = new LinkedHashMap<>();
        byColumn.forEach((column, all) -> checked.put(
                column,
                "CASE WHEN " + all.stream().map(Violation::condition).collect(Collectors.joining(" OR ")) + " THEN "
                        + STOP + " ELSE " + Sql.identifier(column) + " END"));
        assign(checked, columns);
    }

    private static String ofVerdict(String column, List<Violation> violations, Function<Violation, String> what) {
        Set<String> texts = violations.stream().map(what).collect(Collectors.toSet());
        String value =
                texts.size() == 1 ? texts.iterator().next() : "CASE _leat_verdict " + cases(violations, what) + " END";
        return "CASE WHEN _leat_verdict IS NULL THEN " + column + " ELSE " + value + " END AS " + column;
    }

    private static String cases(List<Violation> violations, Function<Violation, String> what) {
        var text = new StringBuilder();
        for (int i = 0; i < violations.size(); i++) {
            text.append("WHEN ")
                    .append(i)
                    .append(" THEN ")
                    .append(what.apply(violations.get(i)))
                    .append(' ');
        }
        return text.toString();
    }

    private static String verdicts(List<Violation> violations) {
        var text = new StringBuilder();
        for (int i = 0; i < violations.size(); i++) {
            text.append("WHEN ")
                    .append(violations.get(i).condition())
                    .append(" THEN ")
                    .append(i)
                    .append(' ');
        }
        return text.toString();
    }
}
