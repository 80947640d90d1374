package io.leat.project;

import io.leat.check.CheckRehearsal;
import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.TableName;
import io.leat.schema.KnownColumns;
import io.leat.step.Expressions;
import io.leat.step.Program;
import io.leat.step.Rehearsal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges the columns, steps and checks of pipelines, and the SQL in them, before there are rows. */
final class Rehearsals {

    private final DuckDb duckDb;
    private final Expressions expressions;
    private final Problems problems;
    private final Map<TableName, KnownColumns> tables = new HashMap<>();

    private Rehearsals(DuckDb duckDb, Problems problems) {
        this.duckDb = duckDb;
        this.expressions = new Expressions(duckDb);
        this.problems = problems;
    }

    /**
     * Adds a problem for everything that certainly is wrong.
     *
     * @param pipelines each after those that fill what it looks things up in
     */
    static void hold(List<Pipeline> pipelines, DuckDb duckDb, Problems problems) {
        var rehearsals = new Rehearsals(duckDb, problems);
        pipelines.forEach(rehearsals::hold);
    }

    private void hold(Pipeline pipeline) {
        var declared = new Program.Declared(
                pipeline.rows().columns(),
                pipeline.rows().contract(),
                pipeline.rows().steps(),
                pipeline.target().fold());
        KnownColumns columns = Rehearsal.of(declared, duckDb, expressions, this::known, problems);
        var checks = new CheckRehearsal(duckDb, columns, problems);
        pipeline.checks().forEach(checks::judge);
        KnownColumns seen = pipeline.target()
                .fold()
                .map(spec -> spec.fold().output(columns))
                .orElse(columns);
        pipeline.target().inLake().ifPresent(table -> tables.merge(table, seen, KnownColumns::or));
    }

    private KnownColumns known(String with) {
        return Pipeline.isTable(with)
                ? tables.getOrDefault(TableName.parse(with), KnownColumns.UNKNOWN)
                : KnownColumns.UNKNOWN;
    }
}
