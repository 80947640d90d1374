package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import io.leat.schema.RawSchema;
import io.leat.schema.RejectCode;
import io.leat.schema.StrictCast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The first layer of a program: raw columns become declared ones, and their rules judge. */
final class ColumnLayer {

    static final int STEP = 1;
    private static final int MISSING = -1;

    /** A column of the result; {@code place} is where it comes from. */
    private record Target(String name, int place, String source, ColumnRule rule) {}

    private final RawSchema raw;
    private final SchemaContract contract;
    private final Map<String, List<String>> lacking;
    private final Set<String> trimmed;
    private final List<Target> targets;
    private final List<Integer> refusedColumns;

    /**
     * @param lacking by name of a raw column, the files that do not have it
     * @param trimmed columns from which blanks are taken before the rules judge
     * @throws PipelineException E306 where the contract lets the slice fail
     */
    ColumnLayer(
            RawSchema raw,
            Columns columns,
            SchemaContract contract,
            Map<String, List<String>> lacking,
            Set<String> trimmed) {
        this.raw = raw;
        this.contract = contract;
        this.lacking = lacking;
        this.trimmed = trimmed;
        Set<Integer> used = new HashSet<>();
        this.targets = new ArrayList<>(declared(columns, used));
        this.refusedColumns = new ArrayList<>();
        undeclared(columns, used);
    }

    List<Column> columns() {
        return targets.stream()
                .map(target -> new Column(
                        target.name(),
                        target.rule().type(),
                        target.rule().required(),
                        target.rule().description().orElse(null)))
                .toList();
    }

    /** The values of rules that are not of the column's type become problems. */
    void check(DuckDb duckDb, Problems problems) {
        List<Literal> literals = new ArrayList<>();
        for (Target target : targets) {
            target.rule()
                    .literals()
                    .forEach(value ->
                            literals.add(new Literal(value, target.rule().type())));
        }
        checkLiterals(duckDb, literals, problems);
    }

    /** A value that has to be of a type. */
    record Literal(Located<String> value, LeatType type) {
        boolean isText() {
            return type == LeatType.STRING;
        }

        String fits() {
            return StrictCast.sql(Sql.literal(value.value()), "VARCHAR", type, null) + " IS NOT NULL";
        }
    }

    static boolean checkLiteral(DuckDb duckDb, Located<String> value, LeatType type, Problems problems) {
        int before = problems.count();
        checkLiterals(duckDb, List.of(new Literal(value, type)), problems);
        return problems.count() == before;
    }

    /** Adds a problem for each that is not of its type. */
    static void checkLiterals(DuckDb duckDb, List<Literal> all, Problems problems) {
        List<Literal> literals =
                all.stream().filter(literal -> !literal.isText()).toList();
        if (literals.isEmpty()) {
            return;
        }
        // one query for all: planning takes longer than casting
        String sql = literals.stream().map(Literal::fits).collect(Collectors.joining(", ", "SELECT ", ""));
        duckDb.stream(sql, row -> {
            for (int i = 0; i < literals.size(); i++) {
                Literal literal = literals.get(i);
                if (!row.getBoolean(i + 1)) {
                    problems.add(
                            ErrorCode.WRONG_VALUE,
                            literal.value().mark(),
                            "'" + literal.value().value() + "' is not " + StrictCast.form(literal.type(), null));
                }
            }
        });
    }

    /** A value that {@link #checkLiteral} has let pass; short where the type's own cast reads it alike, for plans take time. */
    static String literal(String value, LeatType type) {
        return type.isNumber() || type == LeatType.DATE || type == LeatType.TIME || type == LeatType.LOCAL_TIMESTAMP
                ? "CAST(" + Sql.literal(value.strip()) + " AS " + type.duckDb() + ")"
                : StrictCast.sql(Sql.literal(value), "VARCHAR", type, null);
    }

    void apply(Layers layers) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, LeatType> types = new LinkedHashMap<>();
        List<Violation> violations = new ArrayList<>();
        for (int place : refusedColumns) {
            violations.add(new Violation(
                    RawSchema.sqlName(place) + " IS NOT NULL",
                    RejectCode.NEW_COLUMN,
                    raw.columns().get(place).name(),
                    RawSchema.sqlName(place),
                    "the column is not declared, and the contract refuses new columns"));
        }
        for (Target target : targets) {
            values.put(target.name(), value(target, layers.judging()));
            types.put(target.name(), target.rule().type());
            violate(target, layers.judging(), violations);
        }
        if (!values.isEmpty()) {
            layers.assign(values, types);
        }
        layers.judge(STEP, violations);
    }

    private List<Target> declared(Columns columns, Set<Integer> used) {
        List<Target> found = new ArrayList<>();
        for (Columns.Declaration declaration : columns.declarations()) {
            if (!declaration.isPattern()) {
                OptionalInt place = raw.find(declaration.source());
                place.ifPresent(used::add);
                if (place.isEmpty() && contract.missingColumns() == SchemaContract.Rule.FAIL) {
                    throw new PipelineException(
                                    ErrorCode.CONTRACT,
                                    "the source has no column '" + declaration.source() + "'; it has "
                                            + (raw.names().isEmpty()
                                                    ? "no columns at all, as if its files were empty"
                                                    : shown(raw.names())))
                            .withHint(
                                    "correct the name (`from:`), or set `schema_contract: { missing_columns: ignore }`");
                }
            }
        }
        for (Columns.Declaration declaration : columns.declarations()) {
            if (!declaration.isPattern()) {
                found.add(new Target(
                        declaration.key().value(),
                        raw.find(declaration.source()).orElse(MISSING),
                        declaration.source(),
                        declaration.rule()));
                continue;
            }
            for (int place = 0; place < raw.columns().size(); place++) {
                String name = raw.columns().get(place).name();
                if (declaration.matches(name) && used.add(place)) {
                    found.add(new Target(name, place, name, declaration.rule()));
                }
            }
        }
        failWhereLacking(found);
        return found;
    }

    private void failWhereLacking(List<Target> found) {
        if (contract.missingColumns() == SchemaContract.Rule.FAIL) {
            for (Target target : found) {
                List<String> files = lacking.getOrDefault(target.source(), List.of());
                if (!files.isEmpty()) {
                    throw new PipelineException(
                                    ErrorCode.CONTRACT,
                                    "the file " + files.getFirst() + " has no column '" + target.source() + "'")
                            .withHint(
                                    "set `schema_contract: { missing_columns: ignore }` to load NULL there, or `reject`");
                }
            }
        }
    }

    private void undeclared(Columns columns, Set<Integer> used) {
        Set<String> taken = targets.stream()
                .map(target -> target.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (int place = 0; place < raw.columns().size(); place++) {
            String name = raw.columns().get(place).name();
            if (used.contains(place)) {
                continue;
            }
            SchemaContract.Rule rule = columns.isEmpty() ? SchemaContract.Rule.EVOLVE : contract.newColumns();
            if (rule == SchemaContract.Rule.EVOLVE && Provenance.isReserved(name)) {
                throw new PipelineException(
                                ErrorCode.CONTRACT,
                                "the source has a column '" + name
                                        + "', but names that begin with _leat_ are Leat's own")
                        .withHint("give it another name under columns (`from: " + name
                                + "`), or set `schema_contract: { new_columns: ignore }`");
            }
            switch (rule) {
                case EVOLVE -> {
                    String free = name;
                    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
                        free = name + "_" + number;
                    }
                    targets.add(new Target(free, place, name, ColumnRule.ofType(ownType(place))));
                }
                case IGNORE -> {}
                case REJECT -> refusedColumns.add(place);
                case FAIL ->
                    throw new PipelineException(
                                    ErrorCode.CONTRACT, "the source has a column '" + name + "' that is not declared")
                            .withHint("declare it, or set `schema_contract: { new_columns: evolve }` or `ignore`");
            }
        }
    }

    private LeatType ownType(int place) {
        try {
            return LeatType.ofDuckDb(raw.columns().get(place).sqlType());
        } catch (IllegalArgumentException unknown) {
            return LeatType.STRING;
        }
    }

    private boolean isTrimmed(Target target) {
        return target.rule().type() == LeatType.STRING && trimmed.contains(target.name());
    }

    private String source(Target target) {
        String name = RawSchema.sqlName(target.place());
        return isTrimmed(target) ? StepLayers.trimmed(name) : name;
    }

    private String value(Target target, boolean judging) {
        LeatType type = target.rule().type();
        if (target.place() == MISSING) {
            return target.rule()
                    .fallback()
                    .map(value -> literal(value.value(), type))
                    .orElse("CAST(NULL AS " + type.duckDb() + ")");
        }
        String name = RawSchema.sqlName(target.place());
        String sqlType = raw.columns().get(target.place()).sqlType();
        String format = target.rule().format().orElse(null);
        String value = judging || !canFail(target)
                ? StrictCast.sql(source(target), sqlType, type, format)
                : StrictCast.sqlOr(source(target), sqlType, type, format, Layers.STOP);
        return target.rule()
                .fallback()
                .map(fallback -> "CASE WHEN " + name + " IS NULL THEN " + literal(fallback.value(), type) + " ELSE "
                        + value + " END")
                .orElse(value);
    }

    private boolean canFail(Target target) {
        return target.place() != MISSING
                && !target.rule()
                        .type()
                        .duckDb()
                        .equals(raw.columns().get(target.place()).sqlType())
                && target.rule().type() != LeatType.STRING;
    }

    private void violate(Target target, boolean judging, List<Violation> violations) {
        ColumnRule rule = target.rule();
        LeatType type = rule.type();
        String column = Sql.identifier(target.name());
        String shown = target.place() == MISSING ? "NULL" : RawSchema.sqlName(target.place());
        if (contract.missingColumns() == SchemaContract.Rule.REJECT) {
            List<String> files = lacking.getOrDefault(target.source(), List.of());
            if (target.place() == MISSING || !files.isEmpty()) {
                violations.add(new Violation(
                        target.place() == MISSING ? "true" : "_leat_path IN (" + Sql.literals(files) + ")",
                        RejectCode.MISSING_COLUMN,
                        target.name(),
                        "NULL",
                        "the file has no column '" + target.source() + "'"));
            }
        }
        if (judging && canFail(target)) {
            violations.add(new Violation(
                    shown + " IS NOT NULL AND " + column + " IS NULL",
                    RejectCode.TYPE,
                    target.name(),
                    shown,
                    "the value is not " + StrictCast.form(type, rule.format().orElse(null))));
        }
        if (rule.required()) {
            violations.add(new Violation(
                    column + " IS NULL",
                    RejectCode.REQUIRED,
                    target.name(),
                    "NULL",
                    "the column is required, and there is no value"));
        }
        rule.min()
                .ifPresent(min -> violations.add(new Violation(
                        column + " < " + literal(min.value(), type),
                        RejectCode.RANGE,
                        target.name(),
                        column,
                        "the value is less than " + min.value())));
        rule.max()
                .ifPresent(max -> violations.add(new Violation(
                        column + " > " + literal(max.value(), type),
                        RejectCode.RANGE,
                        target.name(),
                        column,
                        "the value is greater than " + max.value())));
        rule.pattern()
                .ifPresent(pattern -> violations.add(new Violation(
                        "NOT regexp_full_match(" + column + ", " + Sql.literal(pattern.value()) + ")",
                        RejectCode.PATTERN,
                        target.name(),
                        column,
                        "the text does not match " + pattern.value())));
        if (!rule.values().isEmpty()) {
            String list = rule.values().stream()
                    .map(value -> literal(value.value(), type))
                    .collect(Collectors.joining(", "));
            violations.add(new Violation(
                    column + " NOT IN (" + list + ")",
                    RejectCode.VALUES,
                    target.name(),
                    column,
                    "the value is none of "
                            + shown(rule.values().stream().map(Located::value).toList())));
        }
    }

    private static String shown(List<String> names) {
        int most = 12;
        String list = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names.size() > most ? list + " and " + (names.size() - most) + " more" : list;
    }
}
