package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.Contract;
import io.leat.source.FileRows;
import io.leat.source.RawRows;
import io.leat.step.Lookup;
import io.leat.step.Program;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The columns and steps of a pipeline applied to certain raw rows.
 *
 * <p>Try {@link #fast} first, where there is one: it gives the rows, or fails with {@link #isRefusal} at the first that has to be
 * refused. Then, or else, {@link #judge}. Both give the same rows where none is refused.
 */
public final class RowProgram {

    private final Program program;
    private final RawRows rows;
    private final String pipeline;

    public RowProgram(Program program, RawRows rows, String pipeline) {
        this.program = program;
        this.rows = rows;
        this.pipeline = pipeline;
    }

    public Contract contract() {
        return program.contract();
    }

    /** A query that gives contract and provenance columns; empty where rows can only be judged. */
    public Optional<String> fast() {
        Optional<String> raw = program.changes() ? rows.traced() : Optional.of(rows.clean());
        return raw.flatMap(query -> program.fast(query, pipeline));
    }

    /** Whether a query of {@link #fast} failed because a row has to be judged, or for a reason that judging will tell. */
    public static boolean isRefusal(PipelineException failure) {
        return failure.code() == ErrorCode.DUCKDB;
    }

    /**
     * Checks the tables in which rows are looked up.
     *
     * @throws PipelineException E308 if a key occurs more than once
     */
    public void requireUniqueLookups(DuckDb duckDb) {
        for (Lookup.Uniqueness uniqueness : program.uniqueness()) {
            List<String> twice =
                    duckDb.query(uniqueness.query(), row -> row.getString(1) + " (" + row.getLong(2) + " times)");
            if (!twice.isEmpty()) {
                throw new PipelineException(
                                ErrorCode.AMBIGUOUS_LOOKUP,
                                "rows of " + uniqueness.with() + " are not told apart by " + uniqueness.key() + ": "
                                        + String.join("; ", twice))
                        .withHint("match by more columns, or deduplicate " + uniqueness.with());
            }
        }
    }

    /**
     * Gives every row its fate, in a temporary table of this connection that the judgement drops when it is closed.
     *
     * @throws PipelineException E305 if a file cannot be read as what it should be, E308 as {@link #requireUniqueLookups},
     *     E003 if a value is not of its type and the contract lets the slice fail for it
     */
    public Judgement judge(DuckDb duckDb) {
        requireUniqueLookups(duckDb);
        Judgement judgement = plainlyJudged(duckDb);
        if (program.failsOnTypes()) {
            try {
                judgement.requireTypes();
            } catch (PipelineException failure) {
                judgement.close();
                throw failure;
            }
        }
        return judgement;
    }

    private Judgement plainlyJudged(DuckDb duckDb) {
        try {
            Judgement judgement = judge(duckDb, rows);
            if (judgement.brokenRecords() == 0) {
                return judgement;
            }
            Optional<RawRows> plain = rows.plainly();
            if (plain.isEmpty()) {
                return judgement;
            }
            judgement.close();
            return judge(duckDb, plain.get());
        } catch (PipelineException failure) {
            Optional<RawRows> plain =
                    failure.message().contains("reached an invalid state") ? rows.plainly() : Optional.empty();
            if (plain.isPresent()) {
                return judge(duckDb, plain.get());
            }
            throw FileRows.explained(failure);
        }
    }

    private Judgement judge(DuckDb duckDb, RawRows from) {
        String table = "_leat_" + UUID.randomUUID().toString().replace("-", "");
        duckDb.execute("CREATE TEMP TABLE " + table + " AS " + program.judged(from.numbered()));
        return new Judgement(duckDb, program, table, from.origins(duckDb, table), pipeline);
    }
}
