package io.leat.lake;

import io.leat.name.Sql;
import io.leat.schema.KnownColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of which there are none, for DuckDB's binder to judge SQL over columns before there are any. A column whose type is not known,
 * and where others may be each name that the SQL refers to, is NULL there.
 *
 * @param query of the rows
 * @param certain whether every column that the SQL refers to has its type, so that whatever the binder says holds
 * @param complete whether every column is there that the SQL can refer to, so that what the binder says of names holds
 */
public record EmptyRows(String query, boolean certain, boolean complete) {

    /** Rows for SQL of this tree. */
    public static EmptyRows of(KnownColumns columns, SqlTree tree) {
        List<String> list = new ArrayList<>();
        columns.typed()
                .forEach((name, type) -> list.add("CAST(NULL AS " + type.duckDb() + ") AS " + Sql.identifier(name)));
        Set<String> referred = tree.columns();
        Set<String> others = new LinkedHashSet<>(columns.untyped());
        if (columns.open()) {
            referred.stream().filter(name -> columns.actual(name).isEmpty()).forEach(others::add);
        }
        others.forEach(name -> list.add("NULL AS " + Sql.identifier(name)));
        boolean all = others.isEmpty() && !columns.open();
        boolean certain = all
                || !tree.choosesColumns()
                        && referred.stream().allMatch(name -> columns.type(name).isPresent());
        String selected = list.isEmpty() ? "NULL AS _leat_nothing" : String.join(", ", list);
        return new EmptyRows("SELECT " + selected + " LIMIT 0", certain, all || !tree.choosesColumns());
    }

    /** Whether what the binder says of SQL over these rows holds of any rows. */
    public boolean proves(SqlFault fault) {
        return certain || complete && fault.isAboutNames();
    }
}
