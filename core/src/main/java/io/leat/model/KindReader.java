package io.leat.model;

import io.leat.config.Problems;
import io.leat.model.ModelKind.TimeColumn;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the kind of a model and what stands in brackets behind it. */
final class KindReader {

    private static final List<String> KINDS = List.of("FULL", "VIEW", "INCREMENTAL_BY_TIME_RANGE");
    private static final List<String> KINDS_OF_SQLMESH = List.of(
            "INCREMENTAL_BY_UNIQUE_KEY",
            "INCREMENTAL_BY_PARTITION",
            "INCREMENTAL_UNMANAGED",
            "SCD_TYPE_2",
            "SCD_TYPE_2_BY_TIME",
            "SCD_TYPE_2_BY_COLUMN",
            "SEED",
            "EMBEDDED",
            "EXTERNAL",
            "MANAGED",
            "CUSTOM");
    private static final List<String> INCREMENTAL_KEYS =
            List.of("time_column", "lookback", "batch_size", "forward_only", "disable_restatement");
    /** What concerns other engines, or how SQLMesh schedules: it changes no row. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "batch_concurrency",
            "on_destructive_change",
            "on_additive_change",
            "partition_by_time_column",
            "materialized");

    private final HeaderValue value;
    private final Problems problems;
    private final List<String> ignored = new ArrayList<>();

    KindReader(HeaderValue value, Problems problems) {
        this.value = value;
        this.problems = problems;
    }

    /** The keys that were accepted and have no effect. */
    List<String> ignored() {
        return ignored;
    }

    Optional<ModelKind> read() {
        var tokens = value.tokens();
        if (tokens.isEmpty() || !tokens.getFirst().isName()) {
            return value.expected("one of " + String.join(", ", KINDS));
        }
        String name = tokens.getFirst().value().toUpperCase(Locale.ROOT);
        if (KINDS_OF_SQLMESH.contains(name)) {
            problems.add(value.problem(ErrorCode.UNSUPPORTED, "models of the kind " + name + " are not supported yet")
                    .expecting("one of " + String.join(", ", KINDS)));
            return Optional.empty();
        }
        if (!KINDS.contains(name)) {
            var known = new ArrayList<>(KINDS);
            known.addAll(KINDS_OF_SQLMESH);
            problems.add(value.problem(
                            ErrorCode.WRONG_VALUE,
                            "there is no kind " + tokens.getFirst().text())
                    .expecting("one of " + String.join(", ", KINDS))
                    .didYouMean(name, known));
            return Optional.empty();
        }
        return properties().flatMap(properties -> kind(name, properties));
    }

    private Optional<Map<String, HeaderValue>> properties() {
        var tokens = value.tokens();
        if (tokens.size() == 1) {
            return Optional.of(Map.of());
        }
        boolean brackets = tokens.get(1).is("(") && Brackets.closing(tokens, 1) == tokens.size() - 1;
        if (!brackets) {
            var rest = new HeaderValue(value.script(), value.key(), tokens.subList(1, tokens.size()), problems);
            problems.add(rest.problem(
                            ErrorCode.SQL_SYNTAX,
                            "a comma is missing before " + tokens.get(1).text())
                    .expecting("',' or the properties of the kind in brackets"));
            return Optional.empty();
        }
        return Optional.of(HeaderBlock.properties(value.script(), tokens.subList(2, tokens.size() - 1), problems));
    }

    private Optional<ModelKind> kind(String name, Map<String, HeaderValue> properties) {
        var known = new ArrayList<>(WITHOUT_EFFECT);
        if (name.equals("INCREMENTAL_BY_TIME_RANGE")) {
            known.addAll(INCREMENTAL_KEYS);
        }
        HeaderBlock.refuseUnknown(properties, known, problems);
        properties.keySet().stream().filter(WITHOUT_EFFECT::contains).forEach(ignored::add);
        var materialized = properties.get("materialized");
        if (materialized != null && materialized.flag().orElse(false)) {
            problems.add(materialized
                    .problem(ErrorCode.UNSUPPORTED, "materialized views are not supported")
                    .hinting("use kind FULL"));
        }
        return switch (name) {
            case "FULL" -> Optional.of(new ModelKind.Full());
            case "VIEW" -> Optional.of(new ModelKind.View());
            default -> incremental(properties);
        };
    }

    private Optional<ModelKind> incremental(Map<String, HeaderValue> properties) {
        var lookback = number(properties, "lookback", 0);
        var batchSize = number(properties, "batch_size", 1);
        boolean forwardOnly = flag(properties, "forward_only");
        boolean restatable = !flag(properties, "disable_restatement");
        var column = properties.get("time_column");
        if (column == null) {
            problems.add(value.problem(ErrorCode.MISSING_KEY, "INCREMENTAL_BY_TIME_RANGE needs a time column")
                    .expecting("INCREMENTAL_BY_TIME_RANGE (time_column name)"));
            return Optional.empty();
        }
        return timeColumn(column)
                .map(time -> new ModelKind.Incremental(time, lookback.orElse(0), batchSize, forwardOnly, restatable));
    }

    private static OptionalInt number(Map<String, HeaderValue> properties, String key, int least) {
        var value = properties.get(key);
        return value == null
                ? OptionalInt.empty()
                : value.count(least).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static boolean flag(Map<String, HeaderValue> properties, String key) {
        var value = properties.get(key);
        return value != null && value.flag().orElse(false);
    }

    private Optional<TimeColumn> timeColumn(HeaderValue column) {
        var parts = column.items();
        boolean format = parts.size() == 2;
        if (parts.isEmpty()
                || parts.size() > 2
                || parts.getFirst().tokens().size() != 1
                || !parts.getFirst().tokens().getFirst().isName()) {
            return column.expected("a column, or (column, '%Y-%m-%d')");
        }
        String name = parts.getFirst().tokens().getFirst().value();
        if (!format) {
            return Optional.of(new TimeColumn(name, null, column.mark()));
        }
        return parts.get(1)
                .text()
                .filter(text -> text.contains("%")
                        || parts.get(1)
                                .expected("a format of DuckDB's, such as '%Y-%m-%d'")
                                .isPresent())
                .map(text -> new TimeColumn(name, text, column.mark()));
    }
}
