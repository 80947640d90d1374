package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.Sql;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** SQL that reads data files as a table's columns, by field id: right after columns were renamed, added or widened. */
final class Relation {
    private Relation() {}

    /** The column by which {@link #withFile} names the file of each row. */
    static final String FILE = "_leat_of";

    /** A query, to stand in parentheses; with no files it has no rows. */
    static String of(List<TableColumn> columns, Collection<String> files) {
        return of(columns, files, "");
    }

    /** The same, and the path of each row's file behind the columns. */
    static String withFile(List<TableColumn> columns, Collection<String> files) {
        return of(columns, files, (files.isEmpty() ? ", CAST(NULL AS VARCHAR)" : ", filename") + " AS " + FILE);
    }

    private static String of(List<TableColumn> columns, Collection<String> files, String more) {
        if (files.isEmpty()) {
            return columns.stream()
                    .map(column -> "CAST(NULL AS " + column.type().duckDb() + ") AS " + Sql.identifier(column.name()))
                    .collect(Collectors.joining(", ", "SELECT ", more + " WHERE FALSE"));
        }
        String names = columns.stream().map(Relation::read).collect(Collectors.joining(", "));
        String schema = columns.stream()
                .map(column -> column.id() + ": {name: " + Sql.literal(column.name()) + ", type: "
                        + Sql.literal(IcebergTypes.stored(column.iceberg())) + ", default_value: NULL}")
                .collect(Collectors.joining(", ", "MAP {", "}"));
        return "SELECT " + names + more + " FROM read_parquet([" + Sql.literals(files)
                + "], hive_partitioning = false, schema = " + schema + ")";
    }

    private static String read(TableColumn column) {
        String name = Sql.identifier(column.name());
        String wanted = column.type().duckDb();
        return wanted.equals(IcebergTypes.stored(column.iceberg()))
                ? name
                : "CAST(" + name + " AS " + wanted + ") AS " + name;
    }
}
