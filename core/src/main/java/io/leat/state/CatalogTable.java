package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import org.jspecify.annotations.Nullable;

/** A lake table of an environment with its current and previous metadata file. */
public record CatalogTable(
        EnvironmentName environment,
        TableName table,
        String metadataLocation,
        @Nullable String previousMetadataLocation) {}
