package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.Sha256;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;

/**
 * How rows of a contract go into a table: which columns with which field ids, and what has to change in the table first.
 * The changes are made by the commit that publishes the rows, which refuses the rows if the ids came out differently.
 * Immutable; rows staged with a plan may be published with another one of the same {@link #fingerprint()}.
 */
public final class SchemaPlan {

    /** What the table needs before it can take the rows. */
    public enum Kind {
        CREATE,
        UNCHANGED,
        EVOLVE
    }

    /** A column of the table, by its field id. */
    record TableColumn(int id, String name, LeatType type, Type iceberg) {}

    private final EnvironmentName environment;
    private final TableName table;
    private final Kind kind;
    private final Contract contract;
    private final Evolution evolution;
    private final List<SchemaChange> changes;
    private final Schema schema;
    private final List<TableColumn> columns;
    private final Map<String, String> properties;
    private final String location;
    private final boolean partitioned;

    SchemaPlan(
            EnvironmentName environment,
            TableName table,
            Kind kind,
            Contract contract,
            Evolution evolution,
            List<SchemaChange> changes,
            Schema schema,
            List<TableColumn> columns,
            Map<String, String> properties,
            String location,
            boolean partitioned) {
        this.environment = environment;
        this.table = table;
        this.kind = kind;
        this.contract = contract;
        this.evolution = evolution;
        this.changes = List.copyOf(changes);
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.properties = Map.copyOf(properties);
        this.location = location;
        this.partitioned = partitioned;
    }

    public EnvironmentName environment() {
        return environment;
    }

    public TableName table() {
        return table;
    }

    public Kind kind() {
        return kind;
    }

    /** The columns that the rows bring, without provenance. */
    public Contract contract() {
        return contract;
    }

    /** What changes in the table, in order; empty for a new table and for one that fits. */
    public List<SchemaChange> changes() {
        return changes;
    }

    /** Names the columns by field id and type: staged files fit into every plan that has the same. */
    public String fingerprint() {
        var text = new StringBuilder();
        columns.forEach(column ->
                text.append(column.id()).append(':').append(column.iceberg()).append('\n'));
        return Sha256.of(text).substring(0, 16);
    }

    /** Leat's own columns of the rows, which end with provenance. */
    List<Column> own() {
        return columns.stream()
                .filter(column -> Provenance.isReserved(column.name()))
                .map(column -> new Column(
                        column.name(),
                        column.type(),
                        false,
                        schema.findField(column.id()).doc()))
                .toList();
    }

    Evolution evolution() {
        return evolution;
    }

    /** The whole table as it is after the changes. */
    Schema schema() {
        return schema;
    }

    /** The columns of the rows: the contract's, then {@link #own}. */
    List<TableColumn> columns() {
        return columns;
    }

    /** Properties of the table that note types which Iceberg does not tell apart. */
    Map<String, String> properties() {
        return properties;
    }

    String location() {
        return location;
    }

    /** Whether a new table is partitioned by the day of its windows. */
    boolean partitioned() {
        return partitioned;
    }

    /** How a new table is partitioned. */
    PartitionSpec partitioning() {
        return partitioned
                ? PartitionSpec.builderFor(schema).day(Provenance.WINDOW).build()
                : PartitionSpec.unpartitioned();
    }
}
