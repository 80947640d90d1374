package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.Sql;
import io.leat.schema.Fold;
import io.leat.schema.FoldSpec;
import io.leat.schema.KnownColumns;
import io.leat.schema.LeatType;
import io.leat.schema.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last layer of a program whose rows are changes: rows that are of no key are refused, and the others say whether they delete. The
 * column {@link Fold#DELETED} comes behind those of the user.
 */
final class FoldLayer {

    private final Expressions expressions;
    private final FoldSpec spec;

    FoldLayer(Expressions expressions, FoldSpec spec) {
        this.expressions = expressions;
        this.spec = spec;
    }

    /** Whether the rows can be folded; problems were added if not. */
    boolean check(KnownColumns columns, Problems problems) {
        int before = problems.count();
        for (Located<String> name : spec.key()) {
            known(name, columns, problems)
                    .filter(type -> !isComparable(type) || type == LeatType.DOUBLE)
                    .ifPresent(type -> problems.add(
                            ErrorCode.WRONG_VALUE,
                            name.mark(),
                            "a column of type " + type.text() + " cannot tell rows apart"));
        }
        for (Located<String> name : spec.order()) {
            known(name, columns, problems)
                    .filter(type -> !isComparable(type))
                    .ifPresent(type -> problems.add(
                            ErrorCode.WRONG_VALUE,
                            name.mark(),
                            "values of type " + type.text() + " do not follow each other"));
        }
        if (spec.kind() == Fold.Kind.HISTORY) {
            for (String name : List.of(Fold.VALID_FROM, Fold.VALID_TO, Fold.IS_CURRENT)) {
                if (columns.actual(name).isPresent()) {
                    problems.add(new Problem(
                            ErrorCode.DUPLICATE_NAME,
                            spec.order().getFirst().mark(),
                            "the rows have a column '" + name + "', and a history adds one of that name",
                            null,
                            "give it another name by a `rename` step"));
                }
            }
        }
        spec.deleteWhen().ifPresent(condition -> expressions.isCondition(condition, columns, problems));
        return problems.count() == before;
    }

    private static Optional<LeatType> known(Located<String> name, KnownColumns columns, Problems problems) {
        if (columns.lacks(name.value())) {
            problems.add(
                    new Problem(ErrorCode.UNKNOWN_NAME, name.mark(), "the rows have no column '" + name.value() + "'")
                            .didYouMean(name.value(), columns.names()));
        }
        return columns.type(name.value());
    }

    private static boolean isComparable(LeatType type) {
        return !(type instanceof LeatType.ListOf) && !(type instanceof LeatType.Struct) && type != LeatType.JSON;
    }

    void apply(Layers layers, int number) {
        List<Violation> violations = new ArrayList<>();
        for (Located<String> name : spec.key()) {
            violations.add(
                    missing(layers.actual(name.value()), RejectCode.NO_KEY, "has no value, so the row has no key"));
        }
        if (spec.kind() == Fold.Kind.HISTORY) {
            violations.add(missing(
                    layers.actual(spec.order().getFirst().value()),
                    RejectCode.NO_ORDER,
                    "has no value, so the version has no beginning"));
        }
        layers.judge(number, violations);
        if (spec.deleteWhen().isEmpty()) {
            layers.add(Fold.DELETED, "FALSE");
            return;
        }
        String condition = spec.deleteWhen().get().value();
        if (!layers.judging()) {
            layers.add(Fold.DELETED, "coalesce(" + Expressions.embedded(condition) + ", FALSE)");
            return;
        }
        StepLayers.attempt(layers, Expressions.embedded(condition), number, "", "delete_when failed: " + condition);
        layers.add(Fold.DELETED, "coalesce(_leat_try.v, FALSE)");
        layers.drop(List.of("_leat_try"));
    }

    private static Violation missing(String column, RejectCode code, String reason) {
        String name = Sql.identifier(column);
        return new Violation(name + " IS NULL", code, column, "NULL", "the column " + column + " " + reason);
    }

    /** The columns that have a value in every row. */
    List<String> required(Layers layers) {
        List<String> names = new ArrayList<>();
        spec.key().forEach(name -> names.add(layers.actual(name.value())));
        if (spec.kind() == Fold.Kind.HISTORY) {
            names.add(layers.actual(spec.order().getFirst().value()));
        }
        return names;
    }
}
