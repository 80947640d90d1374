package io.leat.lake;

import io.leat.lake.LakeFile.Provenances;
import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** One version of a table, which never changes. Its files are read when they are first asked for. */
final class LakeTable {
    private final String metadataLocation;
    private final TableMetadata metadata;
    private final Tables tables;
    private @Nullable List<LakeFile> files;
    private @Nullable Map<Provenances, List<LakeFile>> exact;
    private @Nullable List<LakeFile> mixed;

    LakeTable(String metadataLocation, TableMetadata metadata, Tables tables) {
        this.metadataLocation = metadataLocation;
        this.metadata = metadata;
        this.tables = tables;
    }

    String metadataLocation() {
        return metadataLocation;
    }

    TableMetadata metadata() {
        return metadata;
    }

    synchronized List<LakeFile> files() {
        List<LakeFile> known = files;
        if (known == null) {
            var snapshot = metadata.currentSnapshot();
            known = snapshot == null ? List.of() : List.copyOf(tables.files(metadata, snapshot));
            files = known;
        }
        return known;
    }

    /** The files with no other rows than those. */
    synchronized List<LakeFile> filesOfOnly(Provenances wanted) {
        return index().getOrDefault(wanted, List.of());
    }

    /** The files that may have rows of several provenances. */
    synchronized List<LakeFile> mixedFiles() {
        index();
        return mixed == null ? List.of() : mixed;
    }

    private Map<Provenances, List<LakeFile>> index() {
        var known = exact;
        if (known == null) {
            known = new HashMap<>();
            List<LakeFile> others = new ArrayList<>();
            for (LakeFile file : files()) {
                var only = only(file);
                if (only == null) {
                    others.add(file);
                } else {
                    known.computeIfAbsent(only, _ -> new ArrayList<>()).add(file);
                }
            }
            exact = known;
            mixed = others;
        }
        return known;
    }

    private static @Nullable Provenances only(LakeFile file) {
        var pipelines = file.pipelines();
        if (pipelines == null || !pipelines.least().equals(pipelines.greatest())) {
            return null;
        }
        var windows = file.windows();
        var guess = new Provenances(pipelines.least(), windows == null ? null : LakeFile.instant(windows.least()));
        return file.isOnly(guess) ? guess : null;
    }

    /** The columns with their types as projects name them, and ids; provenance last. */
    List<SchemaPlan.TableColumn> columns() {
        List<SchemaPlan.TableColumn> columns = new ArrayList<>();
        for (Types.NestedField field : metadata.schema().columns()) {
            LeatType type = SchemaPlanner.noted(metadata, field);
            columns.add(new SchemaPlan.TableColumn(field.fieldId(), field.name(), type, field.type()));
        }
        return columns;
    }

    /** The columns of its user. */
    Contract contract() {
        return new Contract(described(field -> !Provenance.isReserved(field.name())));
    }

    /** All its columns, to copy rows of it. */
    SchemaPlan whole(EnvironmentName environment, TableName name) {
        List<Column> own = described(field -> Provenance.isReserved(field.name()));
        return new SchemaPlanner(environment, name, contract(), Evolution.GROW, own).evolve(metadata);
    }

    private List<Column> described(Predicate<Types.NestedField> wanted) {
        return metadata.schema().columns().stream()
                .filter(wanted)
                .map(field -> new Column(field.name(), SchemaPlanner.noted(metadata, field), false, field.doc()))
                .toList();
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(metadata.properties().get(name));
    }
}
