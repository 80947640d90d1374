package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.schema.KnownColumns;
import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Goes through columns and steps before any file is read, with what is declared: finds what certainly is wrong, and what is known of
 * the columns that come out. Where the contract lets columns in that are not declared, a name that is not known is no problem.
 */
public final class Rehearsal {

    private final DuckDb duckDb;
    private final Expressions expressions;
    private final Function<String, KnownColumns> lookups;
    private final Problems problems;
    private KnownColumns columns = KnownColumns.UNKNOWN;

    private Rehearsal(
            DuckDb duckDb, Expressions expressions, Function<String, KnownColumns> lookups, Problems problems) {
        this.duckDb = duckDb;
        this.expressions = expressions;
        this.lookups = lookups;
        this.problems = problems;
    }

    /**
     * What is known of the rows after the steps.
     *
     * @param lookups what is known of a table or file by what stands after {@code with}
     */
    public static KnownColumns of(
            Program.Declared declared,
            DuckDb duckDb,
            Expressions expressions,
            Function<String, KnownColumns> lookups,
            Problems problems) {
        var rehearsal = new Rehearsal(duckDb, expressions, lookups, problems);
        rehearsal.declare(declared);
        declared.steps().forEach(rehearsal::apply);
        declared.fold().ifPresent(spec -> new FoldLayer(expressions, spec).check(rehearsal.columns, problems));
        return rehearsal.columns;
    }

    private void declare(Program.Declared declared) {
        List<Columns.Declaration> declarations = declared.columns().declarations();
        boolean open = declarations.isEmpty()
                || declared.contract().newColumns() == SchemaContract.Rule.EVOLVE
                || declarations.stream().anyMatch(Columns.Declaration::isPattern);
        columns = new KnownColumns(Map.of(), Set.of(), open);
        List<ColumnLayer.Literal> literals = new ArrayList<>();
        for (Columns.Declaration declaration : declarations) {
            ColumnRule rule = declaration.rule();
            rule.literals().forEach(value -> literals.add(new ColumnLayer.Literal(value, rule.type())));
            if (!declaration.isPattern()) {
                columns = columns.with(declaration.key().value(), Optional.of(rule.type()));
            }
        }
        ColumnLayer.checkLiterals(duckDb, literals, problems);
    }

    private void apply(Step step) {
        switch (step) {
            case Step.Trim trim -> trim.columns().forEach(this::trim);
            case Step.Fill fill -> fill.values().forEach(this::fill);
            case Step.Rename rename -> rename(rename);
            case Step.Cast cast ->
                cast.columns().forEach((name, to) -> {
                    if (mayBe(name)) {
                        columns = columns.with(name.value(), Optional.of(to.type()));
                    }
                });
            case Step.Derive derive -> derive.expressions().forEach(this::derive);
            case Step.Filter filter -> expressions.isCondition(filter.expression(), columns, problems);
            case Step.Deduplicate deduplicate -> deduplicate(deduplicate);
            case Step.Unpivot unpivot -> unpivot(unpivot);
            case Step.Enrich enrich -> enrich(enrich);
        }
    }

    private void trim(Located<String> name) {
        if (mayBe(name)) {
            columns.type(name.value())
                    .filter(type -> type != LeatType.STRING)
                    .ifPresent(type -> problems.add(
                            ErrorCode.WRONG_VALUE,
                            name.mark(),
                            "only texts can be trimmed, and '" + name.value() + "' is of type " + type.text()));
        }
    }

    private void fill(Located<String> name, Located<String> value) {
        if (mayBe(name)) {
            columns.type(name.value()).ifPresent(type -> ColumnLayer.checkLiteral(duckDb, value, type, problems));
        }
    }

    private void rename(Step.Rename rename) {
        KnownColumns before = columns;
        for (Located<String> from : rename.names().keySet()) {
            if (mayBe(from)) {
                columns = columns.without(from.value());
            }
        }
        rename.names().forEach((from, to) -> columns = columns.with(to.value(), before.type(from.value())));
    }

    private void derive(Located<String> name, Located<String> expression) {
        columns = columns.with(name.value(), expressions.type(expression, columns, problems));
    }

    private void deduplicate(Step.Deduplicate deduplicate) {
        deduplicate.key().forEach(this::mayBe);
        if (deduplicate.keep() instanceof Step.Keep.By(Located<String> order)) {
            expressions.isOrder(order, columns, problems);
        }
    }

    private void unpivot(Step.Unpivot unpivot) {
        Set<String> cells = new LinkedHashSet<>();
        boolean certain = true;
        for (Located<String> name : unpivot.columns()) {
            String text = name.value();
            if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
                certain &= !columns.open();
                Pattern pattern = Pattern.compile(text.substring(1, text.length() - 1));
                columns.names().stream()
                        .filter(column -> pattern.matcher(column).matches())
                        .forEach(cells::add);
            } else if (mayBe(name)) {
                cells.add(columns.actual(text).orElse(text));
            }
        }
        if (certain && cells.isEmpty()) {
            return;
        }
        List<Optional<LeatType>> types =
                cells.stream().map(columns::type).distinct().toList();
        Optional<LeatType> type = certain && types.size() == 1 ? types.getFirst() : Optional.empty();
        for (String cell : cells) {
            columns = columns.without(cell);
        }
        columns = columns.with(unpivot.name().value(), Optional.of(LeatType.STRING))
                .with(unpivot.value().value(), type);
    }

    private void enrich(Step.Enrich enrich) {
        KnownColumns other = lookups.apply(enrich.with().value());
        List<Located<String>> theirs = new ArrayList<>(enrich.match().values());
        theirs.addAll(enrich.add().values());
        enrich.match().keySet().forEach(this::mayBe);
        theirs.stream()
                .filter(name -> other.lacks(name.value()))
                .forEach(name -> problems.add(new Problem(
                                ErrorCode.UNKNOWN_NAME,
                                name.mark(),
                                enrich.with().value() + " has no column '" + name.value() + "'")
                        .didYouMean(name.value(), other.names())));
        enrich.add().forEach((name, theirName) -> columns = columns.with(name.value(), other.type(theirName.value())));
    }

    /** Whether there may be such a column; a problem was added if not. */
    private boolean mayBe(Located<String> name) {
        if (columns.lacks(name.value())) {
            problems.add(
                    new Problem(ErrorCode.UNKNOWN_NAME, name.mark(), "there is no column '" + name.value() + "' here")
                            .didYouMean(name.value(), columns.names()));
            return false;
        }
        return true;
    }
}
