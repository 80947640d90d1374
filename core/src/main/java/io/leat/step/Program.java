package io.leat.step;

import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.FoldSpec;
import io.leat.schema.KnownColumns;
import io.leat.schema.LeatType;
import io.leat.schema.Limit;
import io.leat.schema.Provenance;
import io.leat.schema.RawSchema;
import io.leat.schema.RejectCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns and steps of a pipeline, compiled for a source with certain columns into SQL over its raw rows.
 *
 * <p>Raw rows have the raw columns by their places ({@link RawSchema#sqlName}) and {@code _leat_window}; to be judged also {@code
 * _leat_path} and {@code _leat_row}, their origin, and {@code _leat_malformed}, a text where the record as such is broken.
 */
public final class Program {

    /**
     * What has to be known to compile a program.
     *
     * @param fold what becomes of the rows if they are changes of which a table is made
     * @param limits what the target cannot hold of a column; rows that have it are refused in the end
     */
    public record Declared(
            Columns columns,
            SchemaContract contract,
            List<Step> steps,
            Optional<FoldSpec> fold,
            Function<Column, Optional<Limit>> limits) {
        public Declared {
            steps = List.copyOf(steps);
        }

        /** For a target that holds whatever the types can. */
        public Declared(Columns columns, SchemaContract contract, List<Step> steps, Optional<FoldSpec> fold) {
            this(columns, contract, steps, fold, column -> Optional.empty());
        }
    }

    /** The name of the last step, where rows are judged for the target. */
    private static final String TARGET = "target";

    private final Contract contract;
    private final List<String> stepNames;
    private final String placeholder;
    private final String judged;
    private final Optional<String> fast;
    private final int unpivotStep;
    private final List<Lookup.Uniqueness> uniqueness;
    private final boolean failsOnTypes;
    private final boolean changes;

    private Program(
            Contract contract, Declared declared, String placeholder, Text text, List<Lookup.Uniqueness> uniqueness) {
        this.contract = contract;
        this.stepNames = text.steps();
        this.placeholder = placeholder;
        this.judged = text.judged();
        this.fast = text.fast();
        this.unpivotStep = unpivotStep(declared.steps());
        this.uniqueness = List.copyOf(uniqueness);
        this.failsOnTypes = declared.contract().types() == SchemaContract.Types.FAIL;
        this.changes = declared.fold().isPresent();
    }

    private record Text(List<String> steps, String judged, Optional<String> fast) {}

    /**
     * Compiles, or gives nothing after at least one problem was added.
     *
     * @param lacking by name of a raw column, the paths of files that do not have it
     * @param recordText SQL over raw rows for the record as a person would look at it
     * @throws PipelineException E306 where the contract of columns lets the slice fail
     */
    public static Optional<Program> compile(
            DuckDb duckDb,
            Declared declared,
            RawSchema raw,
            Map<String, List<String>> lacking,
            String recordText,
            Lookup.Resolver lookups,
            Problems problems) {
        int before = problems.count();
        var expressions = new Expressions(duckDb);
        var columns =
                new ColumnLayer(raw, declared.columns(), declared.contract(), lacking, trimmedFirst(declared.steps()));
        columns.check(duckDb, problems);
        if (columns.columns().isEmpty()) {
            throw new PipelineException(ErrorCode.CONTRACT, "no column of the source is left: it has " + raw.names())
                    .withHint("declare columns, or set `schema_contract: { new_columns: evolve }`");
        }
        String placeholder = "_leat_" + UUID.randomUUID().toString().replace("-", "");

        var judging = new Layers(true, placeholder);
        judging.judge(
                0,
                List.of(new Violation(
                        "_leat_malformed IS NOT NULL",
                        RejectCode.MALFORMED,
                        "",
                        "NULL",
                        "the record does not have the form of its file")));
        columns.apply(judging);
        var steps = new StepLayers(duckDb, expressions, raw, recordText, lookups, problems);
        columns.columns().stream()
                .filter(Column::required)
                .forEach(column -> steps.required().add(column.name()));
        applyAll(declared.steps(), judging, steps);
        Optional<FoldLayer> fold = declared.fold().map(spec -> new FoldLayer(expressions, spec));
        if (fold.isPresent()
                && problems.count() == before
                && fold.get().check(new KnownColumns(judging.columns(), Set.of(), false), problems)) {
            fold.get().apply(judging, lastStep(declared));
            steps.required().addAll(fold.get().required(judging));
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        Contract contract = contract(judging, columns.columns(), steps.required());
        List<Violation> unfit = unfit(contract, declared);
        List<String> names = stepNames(declared);
        judging.judge(lastStep(declared), unfit);
        if (!unfit.isEmpty() && fold.isEmpty()) {
            names.add(TARGET);
        }
        if (steps.unpivoted()) {
            judging.rejectWholeOrigins();
        }
        List<String> kept = new ArrayList<>();
        fold.ifPresent(layer -> {
            kept.add(Fold.DELETED);
            if (steps.unpivoted()) {
                kept.add(Fold.CHILD);
            }
        });
        judging.finish(raw, recordText, kept);

        Optional<String> fast = Optional.empty();
        if (declared.steps().stream().allMatch(Program::isRowWise) && !isAboutFiles(declared, lacking)) {
            var quick = new Layers(false, placeholder);
            columns.apply(quick);
            applyAll(declared.steps(), quick, new StepLayers(duckDb, expressions, raw, recordText, lookups, problems));
            fold.ifPresent(layer -> layer.apply(quick, lastStep(declared)));
            quick.judge(0, unfit);
            fast = Optional.of(quick.sql());
        }
        return Optional.of(new Program(
                contract,
                declared,
                placeholder,
                new Text(List.copyOf(names), judging.sql(), fast),
                steps.uniqueness()));
    }

    /** The columns of the result. */
    public Contract contract() {
        return contract;
    }

    /** Whether the rows are changes: then they have {@link Fold#DELETED}, and keep their origin. */
    public boolean changes() {
        return changes;
    }

    /** {@code read}, {@code columns}, the steps, {@code target} if rows are judged for it, numbered as {@code _leat_step} numbers them. */
    public List<String> stepNames() {
        return stepNames;
    }

    /** The number of the step that makes several rows of one, or -1. */
    public int unpivotStep() {
        return unpivotStep;
    }

    /** Whether one value that is not of its type lets the slice fail. */
    public boolean failsOnTypes() {
        return failsOnTypes;
    }

    /** What has to hold of the tables in which rows are looked up, before any row is. */
    public List<Lookup.Uniqueness> uniqueness() {
        return uniqueness;
    }

    /**
     * A query that gives the rows with their provenance, ready for the table, and fails with {@code LEAT_REJECT} (or a conversion
     * error) at the first that would be refused. Empty when rows can only be judged.
     *
     * @param rawRows if the rows are changes also with {@link Fold#FILE} and {@link Fold#RECORD}
     */
    public Optional<String> fast(String rawRows, String pipeline) {
        String origin = changes
                ? ", " + String.join(", ", Fold.DELETED, Fold.FILE, Fold.RECORD) + ", CAST(NULL AS BIGINT) AS "
                        + Fold.CHILD
                : "";
        return fast.map(
                sql -> "SELECT " + Sql.identifiers(contract.names()) + origin + ", " + Sql.literal(pipeline) + " AS "
                        + Provenance.PIPELINE + ", _leat_window AS " + Provenance.WINDOW + " FROM ("
                        + sql.replace(placeholder, "(" + rawRows + ")") + ") AS this");
    }

    /**
     * A query that gives every raw row at least once, with {@code _leat_fate} (see {@link Fate}), and for rows that ended {@code
     * _leat_step}, for rejected ones {@code _leat_code}, {@code _leat_column}, {@code _leat_value}, {@code _leat_reason}, {@code
     * _leat_raw}. Of the rows of one rejected origin at least one has a code.
     */
    public String judged(String rawRows) {
        return judged.replace(placeholder, "(" + rawRows + ")");
    }

    private static List<Violation> unfit(Contract contract, Declared declared) {
        List<Violation> unfit = new ArrayList<>();
        for (Column column : contract.columns()) {
            declared.limits()
                    .apply(column)
                    .ifPresent(limit -> unfit.add(new Violation(
                            limit.condition(), RejectCode.TARGET, column.name(), limit.shown(), limit.reason())));
        }
        return unfit;
    }

    private static void applyAll(List<Step> steps, Layers layers, StepLayers stepLayers) {
        for (int i = 0; i < steps.size(); i++) {
            stepLayers.apply(layers, steps.get(i), i + ColumnLayer.STEP + 1);
        }
    }

    private static boolean isRowWise(Step step) {
        return switch (step) {
            case Step.Trim trim -> true;
            case Step.Fill fill -> true;
            case Step.Rename rename -> true;
            case Step.Cast cast -> true;
            case Step.Derive derive -> true;
            case Step.Filter filter -> false;
            case Step.Deduplicate deduplicate -> false;
            case Step.Unpivot unpivot -> false;
            case Step.Enrich enrich -> false;
        };
    }

    /** The fast way does not know from which file a row comes. */
    private static boolean isAboutFiles(Declared declared, Map<String, List<String>> lacking) {
        return declared.contract().missingColumns() == SchemaContract.Rule.REJECT && !lacking.isEmpty();
    }

    private static int leadingTrims(List<Step> steps) {
        int count = 0;
        while (count < steps.size() && steps.get(count) instanceof Step.Trim) {
            count++;
        }
        return count;
    }

    private static Set<String> trimmedFirst(List<Step> steps) {
        Set<String> names = new HashSet<>();
        for (Step step : steps.subList(0, leadingTrims(steps))) {
            ((Step.Trim) step).columns().forEach(name -> names.add(name.value()));
        }
        return names;
    }

    private static List<String> stepNames(Declared declared) {
        List<Step> steps = declared.steps();
        List<String> names = new ArrayList<>(List.of("read", "columns"));
        for (int i = 0; i < steps.size(); i++) {
            names.add((i + 1) + " " + steps.get(i).kind());
        }
        if (declared.fold().isPresent()) {
            names.add(TARGET);
        }
        return names;
    }

    private static int lastStep(Declared declared) {
        return declared.steps().size() + ColumnLayer.STEP + 1;
    }

    private static int unpivotStep(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Unpivot) {
                return i + ColumnLayer.STEP + 1;
            }
        }
        return -1;
    }

    private static Contract contract(Layers layers, List<Column> declared, Set<String> required) {
        Map<String, Column> byName = declared.stream()
                .collect(Collectors.toMap(column -> column.name().toLowerCase(Locale.ROOT), column -> column));
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, LeatType> column : layers.columns().entrySet()) {
            Column known = byName.get(column.getKey().toLowerCase(Locale.ROOT));
            columns.add(new Column(
                    column.getKey(),
                    column.getValue(),
                    required.contains(column.getKey()),
                    known == null ? null : known.description()));
        }
        return new Contract(columns);
    }
}
