package io.leat.project;

import io.leat.config.Located;
import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.model.Model;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import io.leat.schema.Fold;
import io.leat.schema.FoldSpec;
import io.leat.target.TargetSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What holds in a project for tables that are made of changes: one way to make each, and nobody else fills its changes. */
final class FoldedTables {

    private final Map<String, Pipeline> first = new LinkedHashMap<>();
    private final Problems problems;

    private FoldedTables(Problems problems) {
        this.problems = problems;
    }

    /** @param pipelines with the places of their names */
    static void check(Map<Pipeline, Mark> pipelines, List<Model> models, Problems problems) {
        var tables = new FoldedTables(problems);
        pipelines.forEach(tables::requireOneWay);
        pipelines.forEach((pipeline, mark) -> tables.requireUnused(
                pipeline.target().connection().map(Located::value),
                pipeline.target().table(),
                mark));
        models.forEach(model -> tables.requireUnused(Optional.empty(), model.name(), model.mark()));
    }

    private void requireOneWay(Pipeline pipeline, Mark mark) {
        Pipeline other = first.putIfAbsent(pipeline.target().name(), pipeline);
        if (other == null) {
            return;
        }
        Optional<Fold> here = fold(pipeline.target());
        Optional<Fold> there = fold(other.target());
        if (!here.equals(there)) {
            problems.add(new Problem(
                    ErrorCode.WRONG_VALUE,
                    pipeline.target()
                            .fold()
                            .map(spec -> spec.key().getFirst().mark())
                            .orElse(mark),
                    "the table " + pipeline.target().name() + " is written here with " + words(pipeline.target())
                            + ", and by " + other.path() + " with " + words(other.target()),
                    "the same `write`, `key` and `order` wherever a table is merged into",
                    null));
        }
    }

    private void requireUnused(Optional<String> connection, TableName table, Mark mark) {
        Fold.madeOf(table)
                .map(made -> first.get(TargetSpec.name(connection, made)))
                .filter(pipeline -> pipeline.target().fold().isPresent())
                .ifPresent(pipeline -> problems.add(new Problem(
                        ErrorCode.DUPLICATE_NAME,
                        mark,
                        "the table " + table + " is filled twice: here and by the changes of "
                                + pipeline.target().table() + " (" + pipeline.path() + ")")));
    }

    private static Optional<Fold> fold(TargetSpec target) {
        return target.fold().map(FoldSpec::fold);
    }

    private static String words(TargetSpec target) {
        String write = "`write: " + target.write().name().toLowerCase(Locale.ROOT) + "`";
        return fold(target)
                .map(fold -> write + ", key " + fold.key() + ", order " + fold.order())
                .orElse(write);
    }
}
