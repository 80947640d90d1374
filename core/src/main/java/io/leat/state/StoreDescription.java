package io.leat.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a state store is.
 *
 * @param kind the database with its version
 * @param place where it is, without any password
 * @param version of its tables
 * @param versionBefore of its tables before they were brought up to date for this; 0: there were none
 * @param movedAt since when it must not be used, because it was exported; null: it may be
 * @param rows by table
 * @param bytes on disk
 */
public record StoreDescription(
        String kind,
        String place,
        int version,
        int versionBefore,
        String storeId,
        Instant created,
        @Nullable Instant movedAt,
        Map<String, Long> rows,
        long bytes) {}
