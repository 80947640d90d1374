package io.leat.model;

import io.leat.config.Mark;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.time.Cron;
import io.leat.time.Granularity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One model, read and found to be in order: which table it fills, how, when, and from which other tables. Immutable. */
public final class Model {

    private final ModelHeader header;
    private final Template query;
    private final List<Audit> audits;
    private final About about;

    Model(ModelHeader header, Template query, List<Audit> audits, Map<String, String> comments) {
        this.header = header;
        this.query = query;
        this.about = header.about().orColumns(comments);
        this.audits = List.copyOf(audits);
    }

    /** The table that it fills. */
    public TableName name() {
        return header.name();
    }

    /** Where its name stands. */
    public Mark mark() {
        return header.mark();
    }

    public ModelKind kind() {
        return header.kind();
    }

    /** When it runs, in UTC. */
    public Cron cron() {
        return header.cron();
    }

    /** How long its windows are; they start at midnight UTC, or the first of a month or year. */
    public Granularity every() {
        return header.every();
    }

    /** Where its windows begin, if it says so. */
    public Optional<Instant> start() {
        return Optional.ofNullable(header.start());
    }

    public About about() {
        return about;
    }

    public List<Audit> audits() {
        return audits;
    }

    /** Keys of the header that were accepted and have no effect, for the record. */
    public List<String> ignored() {
        return header.ignored();
    }

    /** Every place where its query or its header names a table that it needs. */
    public List<TableReference> references() {
        var references = new ArrayList<>(header.dependsOn());
        references.addAll(query.references());
        return List.copyOf(references);
    }

    /** Every table that it needs, those of its audits included; an audit may read the model's own table. */
    public SortedSet<TableName> dependencies() {
        var tables = new TreeSet<TableName>();
        references().forEach(reference -> tables.add(reference.table()));
        audits.stream()
                .flatMap(audit -> audit.references().stream())
                .map(TableReference::table)
                .filter(table -> !table.equals(name()))
                .forEach(tables::add);
        return tables;
    }

    /** Whether its query depends on the window beyond the guard: it uses {@code @start_…} or {@code @end_…}. */
    public boolean usesWindow() {
        return uses(TimeMacro.Moment.START) || uses(TimeMacro.Moment.END);
    }

    /** Whether its query depends on the time at which it runs: it uses {@code @execution_…}. */
    public boolean usesExecutionTime() {
        return uses(TimeMacro.Moment.EXECUTION);
    }

    private boolean uses(TimeMacro.Moment moment) {
        return query.moments().stream().anyMatch(at -> at.macro().moment() == moment);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(header, query);
    }

    /**
     * The query to run: it stands on its own, gives the columns of the contract in their order, and for an incremental model only rows
     * of the window. The text is the author's but for the places of macros and tables.
     *
     * @param output what {@link ModelGraph#contracts} found for this model
     * @param relations for each table of {@link #references()} a query or a FROM item that gives its user columns; the model that a
     *     VIEW is gives its own {@code sql}
     * @throws PipelineException if a time macro has no value in the bindings, or a relation is missing
     */
    public String sql(Contract output, Bindings bindings, Map<TableName, String> relations) {
        String query = filled(bindings, relations).text();
        String columns = output.columns().stream().map(Model::cast).collect(Collectors.joining(", "));
        String rows = "SELECT " + columns + " FROM (\n" + query + "\n) AS \"_leat_query\"";
        if (!(kind() instanceof ModelKind.Incremental incremental)) {
            return rows;
        }
        var window = bindings.window();
        if (window == null) {
            throw new IllegalArgumentException(name() + " is filled window by window, but no window was given");
        }
        return rows + "\nWHERE " + guard(incremental, output).condition(window);
    }

    /**
     * The instant at which a row of an incremental model lies, as an SQL expression of type TIMESTAMPTZ over its columns, in a session
     * whose time zone is UTC: it tells the windows of a batch apart.
     */
    public Optional<String> instant(Contract output) {
        return kind() instanceof ModelKind.Incremental incremental
                ? Optional.of(guard(incremental, output).instant())
                : Optional.empty();
    }

    private TimeGuard guard(ModelKind.Incremental incremental, Contract output) {
        var column = output.column(incremental.time().name())
                .orElseThrow(() -> new IllegalArgumentException("the contract of " + name() + " has no time column"));
        return TimeGuard.of(incremental.time(), column.type());
    }

    Edited filled(Bindings bindings, Map<TableName, String> relations) {
        return query.fill(
                macro -> Filling.moment(name().toString(), macro, bindings),
                table -> Filling.relation(name().toString(), table, relations));
    }

    ModelHeader header() {
        return header;
    }

    Template query() {
        return query;
    }

    private static String cast(Column column) {
        String name = Sql.identifier(column.name());
        return "CAST(" + name + " AS " + column.type().duckDb() + ") AS " + name;
    }

    @Override
    public String toString() {
        return name().toString();
    }
}
