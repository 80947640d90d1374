package io.leat.project;

import io.leat.check.Check;
import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.Mark;
import io.leat.config.ObjectShape;
import io.leat.config.Problem;
import io.leat.config.Shape;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.source.FileSource;
import io.leat.source.TimeColumn;
import io.leat.step.ColumnRule;
import io.leat.step.Columns;
import io.leat.step.SchemaContract;
import io.leat.step.Step;
import io.leat.target.TargetSpec;
import io.leat.time.Cron;
import io.leat.time.Grid;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One file of {@code pipelines/}: what is read, how it is judged and changed, and which table it fills.
 *
 * @param window empty: the whole source is one slice
 * @param audit how closely what was read and what readers see are compared
 * @param path the file, relative to the project, with slashes
 * @param execution when and how it is run
 * @param fingerprint of all that decides what its rows look like
 */
public record Pipeline(
        PipelineName name,
        About about,
        FileSource source,
        Optional<WindowSpec> window,
        Rows rows,
        List<Check> checks,
        TargetSpec target,
        AuditLevel audit,
        Execution execution,
        String path,
        String fingerprint) {

    /** What people should know of a pipeline. */
    public record About(String description, String owner, List<String> tags) {}

    /** What becomes of the rows between source and target. */
    public record Rows(Columns columns, SchemaContract contract, List<Step> steps) {}

    /**
     * When and how it is run.
     *
     * @param schedule when what is ready is loaded; empty: as soon as it is
     * @param retries empty: the project's
     * @param keys of each record, computed from its window
     */
    public record Execution(
            Optional<Cron> schedule, Optional<Retries> retries, Concurrency concurrency, Map<String, KeySpec> keys) {
        public Execution {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }
    }

    private static final Key<PipelineName> PIPELINE =
            Key.required("pipeline", Shape.pipelineName(), "The pipeline's name.");
    private static final Key<Optional<String>> DESCRIPTION =
            Key.optional("description", Shape.text(), "What it is for.");
    private static final Key<Optional<String>> OWNER = Key.optional("owner", Shape.text(), "Who looks after it.");
    private static final Key<List<String>> TAGS =
            Key.optional("tags", Shape.list(Shape.text()), "Words to select it by.", "[]");
    private static final Key<FileSource> FILES =
            Key.required("files", FileSource.SHAPE, "Files, by a path or pattern under the project's folder.");
    private static final Key<FileSource> SOURCE = Key.required(
            "source",
            Shape.object("source", "Where the rows come from.", fields -> fields.value(FILES), FILES),
            "Where the rows come from.");
    private static final Key<Columns> COLUMNS =
            Key.optional("columns", Columns.SHAPE, "What the columns are and what their values must be like.", "{}");
    private static final Key<SchemaContract> SCHEMA_CONTRACT = Key.optional(
            "schema_contract", SchemaContract.SHAPE, "What happens when the source's columns change.", "{}");
    private static final Key<List<Step>> STEPS =
            Key.optional("steps", Step.SHAPE, "What is done to the rows, in this order.", "[]");
    private static final Key<List<Check>> CHECKS = Key.optional(
            "checks", Shape.list(Check.SHAPE), "Questions to the rows of a slice before anyone sees them.", "[]");
    private static final Key<AuditSpec> AUDIT = Key.optional(
            "audit", AuditSpec.SHAPE, "How closely what was read and what readers see are compared.", "{}");
    private static final Key<TargetSpec> TARGET = Key.required("target", TargetSpec.SHAPE, "Where the rows go.");

    private static final Key<Optional<Cron>> SCHEDULE = Key.optional(
            "schedule",
            Shape.parsed("a cron schedule such as '0 2 * * *' or @daily", "", Cron::parse),
            "When what is ready is loaded, as cron in the window's zone; absent: as soon as it is ready.");
    private static final Key<Optional<Retries>> RETRIES = Key.optional(
            "retries", Retries.SHAPE, "What happens when something fails that may work later; absent: the project's.");
    private static final Key<Concurrency> CONCURRENCY =
            Key.optional("concurrency", Concurrency.SHAPE, "How much may be in work at once.", "{}");
    private static final Key<Map<String, KeySpec>> RECORD_KEYS = Key.optional(
            "record_keys",
            Shape.map(Shape.parsed("a name such as key_x", "[a-z_][a-z0-9_]*", text -> text), KeySpec.SHAPE),
            "Keys of each record, computed from its window and kept on it.",
            "{}");

    /** The shape of a pipeline's file in a project whose default zone is given. */
    public static ObjectShape<Pipeline> shape(ZoneId defaultZone, String path, String fingerprint) {
        Key<Optional<WindowSpec>> window = Key.optional(
                "window",
                WindowSpec.shape(defaultZone),
                "Puts rows into windows; absent: the whole source is one slice.");
        return Shape.object(
                "pipeline",
                "What is read, how it is judged and changed, and which table it fills.",
                fields -> of(fields, window, path, fingerprint),
                PIPELINE,
                DESCRIPTION,
                OWNER,
                TAGS,
                SOURCE,
                window,
                COLUMNS,
                SCHEMA_CONTRACT,
                STEPS,
                CHECKS,
                TARGET,
                AUDIT,
                SCHEDULE,
                RETRIES,
                CONCURRENCY,
                RECORD_KEYS);
    }

    private static Pipeline of(Fields fields, Key<Optional<WindowSpec>> windowKey, String path, String fingerprint) {
        Optional<WindowSpec> window = fields.value(windowKey);
        window.ifPresent(spec -> requireTime(fields, windowKey, spec));
        if (window.isEmpty() && !fields.value(RECORD_KEYS).isEmpty()) {
            fields.refuse(RECORD_KEYS, "keys of records are computed from windows, and this pipeline has none");
        }
        return new Pipeline(
                fields.value(PIPELINE),
                new About(
                        fields.value(DESCRIPTION).orElse(""),
                        fields.value(OWNER).orElse(""),
                        fields.value(TAGS)),
                fields.value(SOURCE),
                window,
                new Rows(fields.value(COLUMNS), fields.value(SCHEMA_CONTRACT), fields.value(STEPS)),
                fields.value(CHECKS),
                fields.value(TARGET),
                fields.value(AUDIT).level(),
                new Execution(
                        fields.value(SCHEDULE),
                        fields.value(RETRIES),
                        fields.value(CONCURRENCY),
                        fields.value(RECORD_KEYS)),
                path,
                fingerprint);
    }

    /** What puts its rows into the windows of a grid; empty if it has none. */
    public Optional<TimeColumn> time(Grid grid) {
        return window.map(
                spec -> time(spec, grid, rule(spec.column(), rows.columns()).orElseThrow()));
    }

    private static Optional<ColumnRule> rule(String column, Columns columns) {
        return columns.declarations().stream()
                .filter(declaration -> declaration.key().value().equals(column))
                .findFirst()
                .map(Columns.Declaration::rule);
    }

    private static TimeColumn time(WindowSpec spec, Grid grid, ColumnRule rule) {
        return new TimeColumn(
                rule.from().orElse(spec.column()),
                rule.type(),
                rule.format(),
                grid,
                spec.end(),
                spec.ambiguous(),
                spec.gap());
    }

    /** The column of the windows has to be declared, with a type that is a time. */
    private static void requireTime(Fields fields, Key<Optional<WindowSpec>> window, WindowSpec spec) {
        Columns columns = fields.value(COLUMNS);
        Mark mark = fields.mark(window, "column");
        Optional<ColumnRule> rule = rule(spec.column(), columns);
        if (rule.isEmpty()) {
            fields.refuse(new Problem(
                            ErrorCode.UNKNOWN_NAME, mark, "the window's column '" + spec.column() + "' is not declared")
                    .expecting("a column that stands under columns, of type date, timestamp or local_timestamp")
                    .didYouMean(
                            spec.column(),
                            columns.declarations().stream()
                                    .map(declaration -> declaration.key().value())
                                    .toList()));
            return;
        }
        try {
            time(spec, spec.grid(), rule.get());
        } catch (IllegalArgumentException noTime) {
            fields.refuse(new Problem(ErrorCode.WRONG_VALUE, mark, String.valueOf(noTime.getMessage())));
        }
    }

    /** The pipeline as a thing that fills a table. */
    public Node node() {
        Set<TableName> reads = lookups().stream().map(Located::value).collect(Collectors.toUnmodifiableSet());
        return new Node(name, target.name(), target.inLake(), reads, about.tags(), path, Node.Kind.PIPELINE);
    }

    /** The zone of its windows and its schedule. */
    public ZoneId zone(Settings.Defaults defaults) {
        return window.map(WindowSpec::zone).orElse(defaults.timezone());
    }

    /** The tables of the lake in which its steps look things up, with their places. */
    public List<Located<TableName>> lookups() {
        return rows.steps().stream()
                .filter(Step.Enrich.class::isInstance)
                .map(step -> ((Step.Enrich) step).with())
                .filter(with -> isTable(with.value()))
                .map(with -> with.map(TableName::parse))
                .toList();
    }

    /** Whether what stands after {@code with} names a table of the lake, not a file. */
    public static boolean isTable(String with) {
        return with.matches("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*")
                && !with.matches(".*\\.(csv|tsv|txt|json|jsonl|ndjson|parquet|gz|zst)");
    }
}
