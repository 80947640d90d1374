package io.leat.lake;

import io.leat.schema.Provenance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A data file of a table's snapshot with what its metadata proves of the provenance of its rows.
 *
 * @param pipelines null: any; else the smallest and greatest name in it
 * @param windows null: any or none; else the smallest and greatest {@code _leat_window} in microseconds
 * @param withoutWindow rows whose {@code _leat_window} is NULL; -1: unknown
 */
record LakeFile(
        String path,
        long rows,
        long bytes,
        int specId,
        StructLike partition,
        @Nullable Range<String> pipelines,
        @Nullable Range<Long> windows,
        long withoutWindow) {

    /** Both bounds are met by a row. */
    record Range<T extends Comparable<T>>(T least, T greatest) {
        boolean holds(T value) {
            return least.compareTo(value) <= 0 && greatest.compareTo(value) >= 0;
        }

        boolean isOnly(T value) {
            return least.equals(value) && greatest.equals(value);
        }
    }

    /** Whose rows: those of one pipeline and window, or of one pipeline and no window. */
    record Provenances(String pipeline, @Nullable Instant window) {
        @Nullable
        Long micros() {
            return window == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, window);
        }
    }

    static LakeFile of(DataFile file, Columns columns) {
        return new LakeFile(
                file.location(),
                file.recordCount(),
                file.fileSizeInBytes(),
                file.specId(),
                file.copyWithoutStats().partition(),
                pipelines(file, columns.pipeline()),
                windows(file, columns.window()),
                file.nullValueCounts() == null || !file.nullValueCounts().containsKey(columns.window())
                        ? -1
                        : file.nullValueCounts().get(columns.window()));
    }

    /** The field ids of the provenance columns. */
    record Columns(int pipeline, int window) {
        static Columns of(Schema schema) {
            Types.NestedField pipeline = schema.findField(Provenance.PIPELINE);
            Types.NestedField window = schema.findField(Provenance.WINDOW);
            return new Columns(pipeline == null ? -1 : pipeline.fieldId(), window == null ? -1 : window.fieldId());
        }
    }

    /** Every row of the file is of this provenance. */
    boolean isOnly(Provenances wanted) {
        if (pipelines == null || !pipelines.isOnly(wanted.pipeline())) {
            return false;
        }
        Long micros = wanted.micros();
        return micros == null ? withoutWindow == rows : withoutWindow == 0 && windows != null && windows.isOnly(micros);
    }

    /** Some row of the file may be of this provenance. */
    boolean mayHold(Provenances wanted) {
        if (pipelines != null && !pipelines.holds(wanted.pipeline())) {
            return false;
        }
        Long micros = wanted.micros();
        return micros == null ? withoutWindow != 0 : mayHold(micros, micros);
    }

    /** Some row may have a window that starts from {@code least} to {@code greatest}, in microseconds. */
    boolean mayHold(long least, long greatest) {
        if (withoutWindow == rows) {
            return false;
        }
        return windows == null || windows.least() <= greatest && windows.greatest() >= least;
    }

    /** Enough of the file to take it out of its table. */
    DataFile dataFile(PartitionSpec spec) {
        var builder = DataFiles.builder(spec)
                .withPath(path)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(bytes)
                .withRecordCount(rows);
        return spec.isPartitioned() ? builder.withPartition(partition).build() : builder.build();
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Range<String> pipelines(DataFile file, int id) {
        ByteBuffer lower = bound(file.lowerBounds(), id);
        ByteBuffer upper = bound(file.upperBounds(), id);
        return lower == null || upper == null
                ? null
                : new Range<>(
                        StandardCharsets.UTF_8.decode(lower.duplicate()).toString(),
                        StandardCharsets.UTF_8.decode(upper.duplicate()).toString());
    }

    private static @Nullable Range<Long> windows(DataFile file, int id) {
        ByteBuffer lower = bound(file.lowerBounds(), id);
        ByteBuffer upper = bound(file.upperBounds(), id);
        return lower == null || upper == null ? null : new Range<>(micros(lower), micros(upper));
    }

    private static @Nullable ByteBuffer bound(@Nullable Map<Integer, ByteBuffer> bounds, int id) {
        return bounds == null ? null : bounds.get(id);
    }

    private static long micros(ByteBuffer bound) {
        return bound.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
