package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.Sql;
import io.leat.schema.Blanks;
import io.leat.schema.KnownColumns;
import io.leat.schema.LeatType;
import io.leat.schema.RawSchema;
import io.leat.schema.RejectCode;
import io.leat.schema.StrictCast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts one layer after the other for the steps of a program, and adds a problem for each that cannot be. */
final class StepLayers {

    private final DuckDb duckDb;
    private final Expressions expressions;
    private final RawSchema raw;
    private final String recordText;
    private final Lookup.Resolver lookups;
    private final Problems problems;
    private final List<Lookup.Uniqueness> uniqueness = new ArrayList<>();
    private final Set<String> required = new LinkedHashSet<>();
    private boolean unpivoted;

    StepLayers(
            DuckDb duckDb,
            Expressions expressions,
            RawSchema raw,
            String recordText,
            Lookup.Resolver lookups,
            Problems problems) {
        this.duckDb = duckDb;
        this.expressions = expressions;
        this.raw = raw;
        this.recordText = recordText;
        this.lookups = lookups;
        this.problems = problems;
    }

    List<Lookup.Uniqueness> uniqueness() {
        return uniqueness;
    }

    /** The columns that cannot be NULL so far. */
    Set<String> required() {
        return required;
    }

    boolean unpivoted() {
        return unpivoted;
    }

    void apply(Layers layers, Step step, int number) {
        switch (step) {
            case Step.Trim trim -> trim(layers, trim);
            case Step.Fill fill -> fill(layers, fill);
            case Step.Rename rename -> rename(layers, rename);
            case Step.Cast cast -> cast(layers, cast, number);
            case Step.Derive derive -> derive(layers, derive, number);
            case Step.Filter filter -> filter(layers, filter, number);
            case Step.Deduplicate deduplicate -> deduplicate(layers, deduplicate, number);
            case Step.Unpivot unpivot -> unpivot(layers, unpivot, number);
            case Step.Enrich enrich -> enrich(layers, enrich, number);
        }
    }

    static String trimmed(String name) {
        return Blanks.offWithNoBreak(name);
    }

    private void trim(Layers layers, Step.Trim trim) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (Located<String> name : trim.columns()) {
            known(layers, name).ifPresent(column -> {
                if (layers.columns().get(column) != LeatType.STRING) {
                    problem(
                            name,
                            "only texts can be trimmed, and '" + column + "' is of type "
                                    + typeOf(layers, column).text());
                    return;
                }
                changes.put(column, trimmed(Sql.identifier(column)));
            });
        }
        assign(layers, changes);
    }

    private void fill(Layers layers, Step.Fill fill) {
        Map<String, String> changes = new LinkedHashMap<>();
        fill.values()
                .forEach((name, value) -> known(layers, name).ifPresent(column -> {
                    LeatType type = typeOf(layers, column);
                    if (ColumnLayer.checkLiteral(duckDb, value, type, problems)) {
                        changes.put(
                                column,
                                "COALESCE(" + Sql.identifier(column) + ", " + ColumnLayer.literal(value.value(), type)
                                        + ")");
                    }
                }));
        assign(layers, changes);
    }

    private void rename(Layers layers, Step.Rename rename) {
        Map<String, String> names = new LinkedHashMap<>();
        rename.names().forEach((from, to) -> known(layers, from).ifPresent(column -> names.put(column, to.value())));
        List<String> result = layers.columns().keySet().stream()
                .map(name -> names.getOrDefault(name, name).toLowerCase(Locale.ROOT))
                .toList();
        if (Set.copyOf(result).size() < result.size()) {
            rename.names().values().stream()
                    .filter(to -> result.stream()
                                    .filter(to.value().toLowerCase(Locale.ROOT)::equals)
                                    .count()
                            > 1)
                    .findFirst()
                    .ifPresent(to -> problem(to, "there would be two columns '" + to.value() + "'"));
            return;
        }
        if (!names.isEmpty()) {
            layers.rename(names);
            Set<String> before = Set.copyOf(required);
            required.clear();
            before.forEach(name -> required.add(names.getOrDefault(name, name)));
        }
    }

    private void cast(Layers layers, Step.Cast cast, int number) {
        cast.columns()
                .forEach((name, to) -> known(layers, name).ifPresent(column -> {
                    LeatType type = typeOf(layers, column);
                    String own = Sql.identifier(column);
                    String value = StrictCast.sql(
                            own, type.duckDb(), to.type(), to.format().orElse(null));
                    layers.add("_leat_cast", value);
                    List<Violation> violations = List.of(new Violation(
                            own + " IS NOT NULL AND _leat_cast IS NULL",
                            RejectCode.TYPE,
                            column,
                            own,
                            "the value is not "
                                    + StrictCast.form(to.type(), to.format().orElse(null))));
                    layers.judge(number, violations);
                    layers.assign(Map.of(column, "_leat_cast"), Map.of(column, to.type()));
                    layers.drop(List.of("_leat_cast"));
                }));
    }

    private void derive(Layers layers, Step.Derive derive, int number) {
        derive.expressions().forEach((name, expression) -> {
            Optional<LeatType> type = expressions.type(expression, layers.columns(), problems);
            if (type.isEmpty()) {
                return;
            }
            String column = layers.actual(name.value());
            String value = "CAST(" + Expressions.embedded(expression.value()) + " AS "
                    + type.get().duckDb() + ")";
            required.remove(column);
            if (!layers.judging()) {
                layers.assign(Map.of(column, value), Map.of(column, type.get()));
                return;
            }
            attempt(layers, value, number, column, "the expression for '" + column + "' failed: " + expression.value());
            layers.assign(Map.of(column, "_leat_try.v"), Map.of(column, type.get()));
            layers.drop(List.of("_leat_try"));
        });
    }

    private void filter(Layers layers, Step.Filter filter, int number) {
        if (!expressions.isCondition(filter.expression(), known(layers), problems)) {
            return;
        }
        attempt(
                layers,
                Expressions.embedded(filter.expression().value()),
                number,
                "",
                "the filter failed: " + filter.expression().value());
        layers.end(number, Fate.FILTERED, "_leat_try.v IS NOT TRUE");
        layers.drop(List.of("_leat_try"));
    }

    /** An error in the expression refuses the row alone; {@code _leat_try.v} is its value. */
    static void attempt(Layers layers, String expression, int number, String column, String reason) {
        layers.add(
                "_leat_try",
                "CASE WHEN _leat_fate = " + Fate.ALIVE + " THEN TRY(struct_pack(v := " + expression + ")) END");
        layers.judge(
                number, List.of(new Violation("_leat_try IS NULL", RejectCode.EXPRESSION, column, "NULL", reason)));
    }

    private void deduplicate(Layers layers, Step.Deduplicate deduplicate, int number) {
        List<String> key = deduplicate.key().isEmpty()
                ? List.copyOf(layers.columns().keySet())
                : deduplicate.key().stream()
                        .flatMap(name -> known(layers, name).stream())
                        .toList();
        String child = unpivoted ? ", _leat_child" : "";
        String source = "_leat_path, _leat_row" + child;
        String order = switch (deduplicate.keep()) {
            case Step.Keep.First first -> source;
            case Step.Keep.Last last -> "_leat_path DESC, _leat_row DESC" + (unpivoted ? ", _leat_child DESC" : "");
            case Step.Keep.By by -> {
                expressions.isOrder(by.order(), known(layers), problems);
                yield by.order().value() + "\n, " + source;
            }
        };
        if (unpivoted) {
            layers.rejectWholeOrigins();
        }
        layers.add(
                "_leat_place",
                "row_number() OVER (PARTITION BY _leat_fate = " + Fate.ALIVE + ", _leat_window"
                        + key.stream().map(name -> ", " + Sql.identifier(name)).collect(Collectors.joining())
                        + " ORDER BY " + order + ")");
        layers.end(number, Fate.DEDUPLICATED, "_leat_place > 1");
        layers.drop(List.of("_leat_place"));
    }

    private void unpivot(Layers layers, Step.Unpivot unpivot, int number) {
        if (unpivoted) {
            problems.add(
                    ErrorCode.UNSUPPORTED,
                    unpivot.mark(),
                    "a pipeline can have one unpivot step; put the other into a model");
            return;
        }
        List<String> cells = cells(layers, unpivot);
        if (cells.isEmpty()) {
            return;
        }
        LeatType type = typeOf(layers, cells.getFirst());
        for (String cell : cells) {
            if (!typeOf(layers, cell).equals(type)) {
                problems.add(
                        ErrorCode.WRONG_VALUE,
                        unpivot.mark(),
                        "columns that become one must be of one type, but '" + cells.getFirst() + "' is of type "
                                + type.text() + " and '" + cell + "' of type "
                                + typeOf(layers, cell).text());
                return;
            }
        }
        layers.rawTextForAll(raw, recordText);
        String list = cells.stream()
                .map(cell -> "{'name': " + Sql.literal(cell) + ", 'value': " + Sql.identifier(cell) + ", 'child': "
                        + cells.indexOf(cell) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        String some = unpivot.keepNulls() ? list : "list_filter(" + list + ", lambda cell: cell.value IS NOT NULL)";
        String none = "{'name': CAST(NULL AS VARCHAR), 'value': CAST(NULL AS " + type.duckDb() + "), 'child': -1}";
        layers.add("_leat_cells", "CASE WHEN _leat_fate = " + Fate.ALIVE + " THEN " + some + " ELSE [] END");
        layers.add("_leat_cell", "unnest(CASE WHEN len(_leat_cells) = 0 THEN [" + none + "] ELSE _leat_cells END)");
        layers.add("_leat_child", "_leat_cell.child");
        layers.splitOrigins("len(_leat_cells) = 0 OR _leat_cells[1].child = _leat_child");
        layers.end(number, Fate.FILTERED, "_leat_child = -1");
        layers.drop(cells);
        cells.forEach(layers.columns()::remove);
        cells.forEach(required::remove);
        String name = unpivot.name().value();
        String value = unpivot.value().value();
        layers.assign(
                ordered(name, "_leat_cell.name", value, "_leat_cell.value"),
                ordered(name, LeatType.STRING, value, type));
        layers.drop(List.of("_leat_cells", "_leat_cell"));
        unpivoted = true;
    }

    private static <T> Map<String, T> ordered(String first, T ofFirst, String second, T ofSecond) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, ofFirst);
        map.put(second, ofSecond);
        return map;
    }

    private List<String> cells(Layers layers, Step.Unpivot unpivot) {
        List<String> cells = new ArrayList<>();
        for (Located<String> name : unpivot.columns()) {
            String text = name.value();
            if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
                Pattern pattern = Pattern.compile(text.substring(1, text.length() - 1));
                layers.columns().keySet().stream()
                        .filter(column -> pattern.matcher(column).matches() && !cells.contains(column))
                        .forEach(cells::add);
            } else {
                known(layers, name).filter(column -> !cells.contains(column)).ifPresent(cells::add);
            }
        }
        if (cells.isEmpty()) {
            problems.add(ErrorCode.UNKNOWN_NAME, unpivot.mark(), "no column is named or matched");
        }
        return cells;
    }

    private void enrich(Layers layers, Step.Enrich enrich, int number) {
        Optional<Lookup> found = lookups.find(enrich.with().value());
        if (found.isEmpty()) {
            problem(enrich.with(), "there is no table or file '" + enrich.with().value() + "'");
            return;
        }
        Lookup lookup = found.get();
        List<String> selected = new ArrayList<>();
        List<String> on = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        enrich.match().forEach((own, other) -> {
            Optional<String> column = known(layers, own);
            Optional<String> key = known(lookup, other);
            if (column.isPresent() && key.isPresent()) {
                String value = StrictCast.sql(
                        Sql.identifier(key.get()),
                        lookupType(lookup, key.get()).duckDb(),
                        typeOf(layers, column.get()),
                        null);
                selected.add(value + " AS _leat_key" + keys.size());
                on.add("this." + Sql.identifier(column.get()) + " = _leat_lookup._leat_key" + keys.size());
                keys.add(key.get());
            }
        });
        Map<String, String> changes = new LinkedHashMap<>();
        Map<String, LeatType> types = new LinkedHashMap<>();
        List<String> temporary = new ArrayList<>(List.of("_leat_found"));
        enrich.add()
                .forEach((name, other) -> known(lookup, other).ifPresent(column -> {
                    String own = layers.actual(name.value());
                    selected.add(Sql.identifier(column) + " AS _leat_add" + changes.size());
                    temporary.add("_leat_add" + changes.size());
                    changes.put(own, "_leat_add" + changes.size());
                    types.put(own, lookupType(lookup, column));
                    required.remove(own);
                }));
        if (on.isEmpty() || changes.isEmpty()) {
            return;
        }
        String keyColumns = keys.stream().map(Sql::identifier).collect(Collectors.joining(", "));
        String keyList =
                IntStream.range(0, keys.size()).mapToObj(i -> "_leat_key" + i).collect(Collectors.joining(", "));
        String rows = "SELECT " + String.join(", ", selected) + ", true AS _leat_found FROM (" + lookup.relation()
                + ") AS other";
        uniqueness.add(new Lookup.Uniqueness(
                enrich.with().value(),
                String.join(", ", keys),
                "SELECT concat_ws(', ', " + keyList + ") AS key, count(*) AS n FROM (" + rows + ") WHERE "
                        + keyList.replace(", ", " IS NOT NULL AND ") + " IS NOT NULL GROUP BY " + keyList
                        + " HAVING count(*) > 1 ORDER BY ALL LIMIT 3"));
        layers.join(rows, temporary, String.join(" AND ", on));
        if (enrich.missing() == Step.Missing.REJECT) {
            String own = enrich.match().keySet().iterator().next().value();
            layers.judge(
                    number,
                    List.of(new Violation(
                            "_leat_found IS NULL",
                            RejectCode.LOOKUP,
                            layers.actual(own),
                            Sql.identifier(layers.actual(own)),
                            enrich.with().value() + " has no row with this " + keyColumns.replace("\"", ""))));
        }
        layers.assign(changes, types);
        layers.drop(temporary);
    }

    private void assign(Layers layers, Map<String, String> changes) {
        if (!changes.isEmpty()) {
            layers.assign(changes, Map.copyOf(layers.columns()));
        }
    }

    private static KnownColumns known(Layers layers) {
        return new KnownColumns(layers.columns(), Set.of(), false);
    }

    private Optional<String> known(Layers layers, Located<String> name) {
        String actual = layers.actual(name.value());
        if (layers.columns().containsKey(actual)) {
            return Optional.of(actual);
        }
        unknown(name, layers.columns().keySet());
        return Optional.empty();
    }

    private Optional<String> known(Lookup lookup, Located<String> name) {
        Optional<String> actual = lookup.columns().keySet().stream()
                .filter(column -> column.equalsIgnoreCase(name.value()))
                .findFirst();
        if (actual.isEmpty()) {
            unknown(name, lookup.columns().keySet());
        }
        return actual;
    }

    private void unknown(Located<String> name, Set<String> candidates) {
        problems.add(new Problem(ErrorCode.UNKNOWN_NAME, name.mark(), "there is no column '" + name.value() + "' here")
                .didYouMean(name.value(), candidates));
    }

    private void problem(Located<String> place, String message) {
        problems.add(ErrorCode.WRONG_VALUE, place.mark(), message);
    }

    private static LeatType typeOf(Layers layers, String column) {
        return Objects.requireNonNull(layers.columns().get(column));
    }

    private static LeatType lookupType(Lookup lookup, String column) {
        return Objects.requireNonNull(lookup.columns().get(column));
    }
}
