package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Compares a contract with a table and works out what has to change. Pure: it writes nothing. */
final class SchemaPlanner {
    /** Prefix of the table properties that note a column's type: {@code leat.type.<field id>}. */
    static final String TYPE_PROPERTY = "leat.type.";

    private final EnvironmentName environment;
    private final TableName table;
    private final Contract contract;
    private final Evolution evolution;
    private final List<Column> own;

    SchemaPlanner(EnvironmentName environment, TableName table, Contract contract, Evolution evolution) {
        this(environment, table, contract, evolution, Provenance.columns());
    }

    /** @param own the columns behind those of the contract, which are Leat's own; {@link Provenance} is among them, and last */
    SchemaPlanner(
            EnvironmentName environment, TableName table, Contract contract, Evolution evolution, List<Column> own) {
        this.environment = environment;
        this.table = table;
        this.contract = contract;
        this.evolution = evolution;
        this.own = List.copyOf(own);
    }

    SchemaPlan create(String location, boolean partitioned) {
        var temporary = new AtomicInteger();
        List<Types.NestedField> fields = new ArrayList<>();
        for (Column column : allColumns()) {
            int id = temporary.incrementAndGet();
            fields.add(Types.NestedField.optional(
                    id,
                    column.name(),
                    IcebergTypes.of(column.type(), temporary::incrementAndGet),
                    column.description()));
        }
        var fresh = new AtomicInteger();
        var schema = TypeUtil.assignFreshIds(new Schema(fields), fresh::incrementAndGet);
        return plan(SchemaPlan.Kind.CREATE, List.of(), schema, location, partitioned);
    }

    SchemaPlan evolve(TableMetadata metadata) {
        if (metadata.schema().findField(Provenance.PIPELINE) == null
                || metadata.schema().findField(Provenance.WINDOW) == null) {
            throw new PipelineException(
                            ErrorCode.NOT_LEATS_TABLE, table + " has no columns that say which load its rows came from")
                    .withHint("choose another name for the target, or let `leat adopt` give it these columns");
        }
        var changes = changes(metadata);
        if (changes.isEmpty()) {
            return plan(
                    SchemaPlan.Kind.UNCHANGED,
                    changes,
                    metadata.schema(),
                    metadata.location(),
                    metadata.spec().isPartitioned());
        }
        var update = Tables.update(metadata);
        applyAll(changes, update);
        return plan(
                SchemaPlan.Kind.EVOLVE,
                changes,
                update.apply(),
                metadata.location(),
                metadata.spec().isPartitioned());
    }

    /**
     * The table with both columns of provenance: they are NULL in the rows that it has, which no load ever touches.
     *
     * @throws PipelineException E409 if its files are laid out in a way that Leat does not write
     */
    SchemaPlan adopt(TableMetadata metadata) {
        if (metadata.spec().isPartitioned()) {
            throw new PipelineException(
                            ErrorCode.UNSUPPORTED_TABLE, table + " is partitioned, in a way that Leat does not write")
                    .withHint("choose another name for the target");
        }
        var schema = metadata.schema();
        List<SchemaChange> changes = Provenance.columns().stream()
                .filter(column -> schema.findField(column.name()) == null)
                .<SchemaChange>map(
                        column -> new SchemaChange.Append(column.name(), column.type(), column.description()))
                .toList();
        var update = Tables.update(metadata);
        applyAll(changes, update);
        return plan(SchemaPlan.Kind.EVOLVE, changes, update.apply(), metadata.location(), false);
    }

    /** Makes the changes part of an update; a dropped name can be added again only in a second step. */
    static void applyAll(List<SchemaChange> changes, UpdateSchema update) {
        changes.forEach(change -> SchemaChange.apply(change, update, Provenance.PIPELINE));
    }

    private SchemaPlan plan(
            SchemaPlan.Kind kind, List<SchemaChange> changes, Schema schema, String location, boolean partitioned) {
        List<TableColumn> columns = new ArrayList<>();
        Map<String, String> properties = new HashMap<>();
        for (Column column : allColumns()) {
            var field = Objects.requireNonNull(schema.findField(column.name()), column.name());
            columns.add(new TableColumn(field.fieldId(), field.name(), column.type(), field.type()));
            if (!column.type().equals(IcebergTypes.natural(field.type(), field.name()))) {
                properties.put(TYPE_PROPERTY + field.fieldId(), column.type().text());
            }
        }
        return new SchemaPlan(
                environment,
                table,
                kind,
                contract,
                evolution,
                changes,
                schema,
                columns,
                properties,
                location,
                partitioned);
    }

    private List<Column> allColumns() {
        List<Column> all = new ArrayList<>(contract.columns());
        all.addAll(own);
        return all;
    }

    private List<SchemaChange> changes(TableMetadata metadata) {
        List<SchemaChange> drops = new ArrayList<>();
        List<SchemaChange> others = new ArrayList<>();
        Set<Integer> kept = new HashSet<>();
        for (Column column : contract.columns()) {
            var field = existing(metadata.schema(), column.name());
            if (field.isEmpty()) {
                others.add(new SchemaChange.Add(null, column.name(), column.type(), column.description()));
                continue;
            }
            var there = field.get();
            var now = noted(metadata, there);
            List<SchemaChange> widenings = new ArrayList<>();
            var problem = Widening.of(there.name(), now, column.type(), widenings);
            if (problem != null && evolution.others() == Evolution.Others.DROP) {
                drops.add(new SchemaChange.Drop(there.name()));
                others.add(new SchemaChange.Add(null, column.name(), column.type(), column.description()));
                kept.add(there.fieldId());
                continue;
            }
            if (problem != null) {
                throw refused(column, now, problem);
            }
            kept.add(there.fieldId());
            others.addAll(widenings);
            if (!Objects.equals(there.doc(), column.description())) {
                others.add(new SchemaChange.Describe(there.name(), column.description()));
            }
            if (!there.name().equals(column.name())) {
                others.add(new SchemaChange.Rename(there.name(), column.name()));
            }
        }
        if (evolution.others() == Evolution.Others.DROP) {
            for (var field : metadata.schema().columns()) {
                if (!kept.contains(field.fieldId()) && !Provenance.isReserved(field.name())) {
                    drops.add(new SchemaChange.Drop(field.name()));
                }
            }
        }
        drops.addAll(others);
        return drops;
    }

    private Optional<Types.NestedField> existing(Schema schema, String name) {
        String old = evolution.renames().get(name);
        if (schema.findField(name) != null || old == null) {
            return Optional.ofNullable(schema.caseInsensitiveFindField(name));
        }
        return Optional.ofNullable(schema.caseInsensitiveFindField(old));
    }

    /** The type of a table's column, as the project named it when it was added. */
    static LeatType noted(TableMetadata metadata, Types.NestedField field) {
        return IcebergTypes.leat(
                field.type(), metadata.properties().get(TYPE_PROPERTY + field.fieldId()), field.name());
    }

    private PipelineException refused(Column column, LeatType now, String problem) {
        return new PipelineException(
                        ErrorCode.CONTRACT,
                        "the column " + column.name() + " of " + table + " is " + now.text() + " and cannot become "
                                + column.type().text() + ": " + problem)
                .withHint("keep the type " + now.text() + ", or give the new one another column name");
    }
}
