package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import java.util.List;
import java.util.Optional;

/** Reads the pointers of lake tables. */
public interface CatalogReader {

    /** The tables of an environment by name. */
    List<CatalogTable> tables(EnvironmentName environment);

    Optional<CatalogTable> table(EnvironmentName environment, TableName table);

    /** The current metadata file of a table; empty if there is no such table. */
    default Optional<String> metadataLocation(EnvironmentName environment, TableName table) {
        return table(environment, table).map(CatalogTable::metadataLocation);
    }
}
