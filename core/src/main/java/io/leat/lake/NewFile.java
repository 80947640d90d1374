package io.leat.lake;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to become part of a table.
 *
 * @param day the UTC day of the windows of its rows; null if they have none
 */
record NewFile(StagedFile file, @Nullable LocalDate day) {

    static NewFile of(StagedFile file) {
        return new NewFile(file, day(file.window()));
    }

    static @Nullable LocalDate day(@Nullable Instant window) {
        return window == null ? null : window.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    DataFile dataFile(Schema schema, PartitionSpec spec) {
        var builder = DataFiles.builder(spec)
                .withPath(file.path())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(FileStats.metrics(file, schema));
        if (spec.isUnpartitioned()) {
            return builder.build();
        }
        if (spec.fields().size() != 1
                || !spec.fields().getFirst().transform().toString().equals("day")) {
            throw new PipelineException(
                    ErrorCode.UNSUPPORTED_TABLE,
                    "Leat writes tables that are partitioned by day of _leat_window, not by " + spec);
        }
        var partition = new PartitionData(spec.partitionType());
        partition.set(0, day == null ? null : Math.toIntExact(day.toEpochDay()));
        return builder.withPartition(partition).build();
    }
}
