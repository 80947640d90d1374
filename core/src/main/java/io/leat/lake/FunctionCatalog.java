package io.leat.lake;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What DuckDB knows of its functions. */
public final class FunctionCatalog {

    private final Set<String> changing = new HashSet<>();
    private final Set<String> aggregates = new HashSet<>();

    private FunctionCatalog() {}

    /** Reads it; that takes some tens of milliseconds. */
    static FunctionCatalog of(DuckDb duckDb) {
        var catalog = new FunctionCatalog();
        duckDb.stream("""
                SELECT DISTINCT lower(function_name), function_type = 'aggregate',
                       stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')
                FROM duckdb_functions()
                WHERE function_type = 'aggregate' OR stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')""", row -> {
            if (row.getBoolean(2)) {
                catalog.aggregates.add(row.getString(1));
            }
            if (row.getBoolean(3)) {
                catalog.changing.add(row.getString(1));
            }
        });
        return catalog;
    }

    /** Whether a function gives another result when it is called again. */
    public boolean isChanging(String function) {
        return changing.contains(function.toLowerCase(Locale.ROOT));
    }

    public boolean isAggregate(String function) {
        return aggregates.contains(function.toLowerCase(Locale.ROOT));
    }
}
