package io.leat.lake;

import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Turns what DuckDB reports of a written file into Iceberg's terms. DuckDB names columns by quoted paths, gives booleans as
 * 0 and 1, blobs as hex, and marks bounds that are cut; a bound that is not exact or not understood is left out, which is
 * always right.
 */
final class FileStats {
    /** Iceberg's own default: more columns than that have no bounds. */
    private static final int MOST_COLUMNS = 100;

    /** Bounds are in the metadata for each file; the longest name of a pipeline must fit. */
    private static final int LONGEST_BOUND = 128;

    private record Leaf(String key, int id, Type type) {}

    private final List<Leaf> leaves = new ArrayList<>();

    /** For files with these columns. */
    FileStats(List<SchemaPlan.TableColumn> columns) {
        for (var column : columns) {
            boolean provenance = column.name().startsWith(Provenance.PREFIX);
            if (provenance || leaves.size() < MOST_COLUMNS) {
                add(Sql.identifier(column.name()), column.id(), column.iceberg());
            }
        }
    }

    private void add(String key, int id, Type type) {
        if (type.isPrimitiveType()) {
            leaves.add(new Leaf(key, id, type));
        } else if (type.isStructType()) {
            for (Types.NestedField field : type.asStructType().fields()) {
                add(key + "." + Sql.identifier(field.name()), field.fieldId(), field.type());
            }
        }
    }

    /** From the map of maps that {@code RETURN_STATS} gives. */
    Map<Integer, StagedFile.Stats> of(Map<?, ?> reported) {
        Map<Integer, StagedFile.Stats> stats = new HashMap<>();
        for (Leaf leaf : leaves) {
            if (reported.get(leaf.key()) instanceof Map<?, ?> column) {
                boolean exact = "true".equals(column.get("min_is_exact")) && "true".equals(column.get("max_is_exact"));
                String lower = exact ? bound(leaf.type(), column.get("min")) : null;
                String upper = exact ? bound(leaf.type(), column.get("max")) : null;
                boolean both = lower != null && upper != null;
                stats.put(
                        leaf.id(),
                        new StagedFile.Stats(
                                number(column.get("num_values")),
                                number(column.get("null_count")),
                                nans(leaf.type(), column),
                                number(column.get("column_size_bytes")),
                                both ? lower : null,
                                both ? upper : null));
            }
        }
        return stats;
    }

    /** The same of rows of one pipeline: DuckDB reports no bounds of an enumeration. */
    Map<Integer, StagedFile.Stats> ofPipeline(Map<?, ?> reported, PipelineName pipeline) {
        Map<Integer, StagedFile.Stats> stats = of(reported);
        for (Leaf leaf : leaves) {
            if (leaf.key().equals(Sql.identifier(Provenance.PIPELINE))) {
                String name = bound(leaf.type(), pipeline.value());
                stats.computeIfPresent(leaf.id(), (_, known) -> known.within(name));
            }
        }
        return stats;
    }

    /** As Iceberg wants it for a data file. */
    static Metrics metrics(StagedFile file, Schema schema) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, Long> nans = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        file.stats().forEach((id, stats) -> {
            if (schema.findField(id) == null) {
                return;
            }
            put(sizes, id, stats.bytes());
            put(values, id, stats.values());
            put(nulls, id, stats.nulls());
            put(nans, id, stats.nans());
            if (stats.lower() != null && stats.upper() != null) {
                lower.put(id, StagedFile.Stats.bytes(stats.lower()));
                upper.put(id, StagedFile.Stats.bytes(stats.upper()));
            }
        });
        return new Metrics(file.rows(), sizes, values, nulls, nans, lower, upper);
    }

    private static void put(Map<Integer, Long> counts, int id, long count) {
        if (count >= 0) {
            counts.put(id, count);
        }
    }

    private static long nans(Type type, Map<?, ?> column) {
        if (type.typeId() != Type.TypeID.DOUBLE && type.typeId() != Type.TypeID.FLOAT) {
            return -1;
        }
        if ("true".equals(column.get("has_nan"))) {
            return number(column.get("nan_count"));
        }
        return 0;
    }

    private static long number(@Nullable Object text) {
        return text == null ? -1 : Long.parseLong(text.toString());
    }

    private static @Nullable String bound(Type type, @Nullable Object reported) {
        if (reported == null) {
            return null;
        }
        try {
            Object value = value(type, reported.toString());
            if (value == null) {
                return null;
            }
            ByteBuffer buffer = Conversions.toByteBuffer(type, value);
            var bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return HexFormat.of().formatHex(bytes);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException notUnderstood) {
            return null;
        }
    }

    private static @Nullable Object value(Type type, String text) {
        return switch (type.typeId()) {
            case BOOLEAN -> text.equals("1") || text.equals("true");
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> signless(Float.parseFloat(text));
            case DOUBLE -> signless(Double.parseDouble(text));
            case DECIMAL -> new BigDecimal(text).setScale(((Types.DecimalType) type).scale());
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIME -> LocalTime.parse(text).toNanoOfDay() / 1_000;
            case TIMESTAMP -> micros(text);
            case STRING -> text.length() > LONGEST_BOUND ? null : text;
            case UUID -> UUID.fromString(text);
            case BINARY ->
                text.length() > 2 * LONGEST_BOUND
                        ? null
                        : ByteBuffer.wrap(HexFormat.of().parseHex(text));
            default -> null;
        };
    }

    /** A bound of zero may stand for either zero; it is left out, since Iceberg tells them apart. */
    private static @Nullable Double signless(double value) {
        return value == 0 || Double.isNaN(value) ? null : Double.valueOf(value);
    }

    private static @Nullable Float signless(float value) {
        return value == 0 || Float.isNaN(value) ? null : Float.valueOf(value);
    }

    private static long micros(String text) {
        String utc = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
        var local = LocalDateTime.parse(utc.replace(' ', 'T'));
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), local);
    }
}
