package io.leat.model;

import io.leat.config.Mark;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import java.util.List;
import java.util.Map;

/** A question to a model's rows: its query gives what is wrong, so no row means that all is well. */
public final class Audit {

    /** What a failing audit does. */
    public enum Severity {
        /** Nothing is published. */
        BLOCKS,
        /** It is told, and the rows are published. */
        WARNS
    }

    private final String name;
    private final String label;
    private final Severity severity;
    private final Mark mark;
    private final Template template;

    Audit(String name, String label, Severity severity, Mark mark, Template template) {
        this.name = name;
        this.label = label;
        this.severity = severity;
        this.mark = mark;
        this.template = template;
    }

    /** For example {@code not_null}. */
    public String name() {
        return name;
    }

    /** The audit with its arguments as the model's header has them, for example {@code not_null(columns := (a, b))}. */
    public String label() {
        return label;
    }

    public Severity severity() {
        return severity;
    }

    /** Where the model asks for it. */
    public Mark mark() {
        return mark;
    }

    /** The tables that it reads beside the model's rows. */
    public List<TableReference> references() {
        return template.references().stream()
                .filter(reference -> !reference.table().equals(MacroScan.THIS_MODEL))
                .toList();
    }

    /**
     * The query that finds what is wrong.
     *
     * @param thisModel the rows to judge, as a query or a FROM item: for an incremental model those of the windows just staged
     * @param relations a query or FROM item for each of {@link #references()}
     * @throws PipelineException if a time macro has no value in the bindings, or a relation is missing
     */
    public String sql(String thisModel, Bindings bindings, Map<TableName, String> relations) {
        return filled(thisModel, bindings, relations).text();
    }

    Edited filled(String thisModel, Bindings bindings, Map<TableName, String> relations) {
        return template.fill(
                macro -> Filling.moment(name, macro, bindings),
                table -> table.equals(MacroScan.THIS_MODEL) ? thisModel : Filling.relation(name, table, relations));
    }

    Template template() {
        return template;
    }
}
