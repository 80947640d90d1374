package io.leat.lake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A data file that lies durably in a table's folder but is not part of the table yet. It is referred to by nothing until it
 * is published; until then the manifest of its record must name it, or the sweep takes it in time.
 *
 * @param path absolute
 * @param checksum of the bytes, see {@link io.leat.storage.Checksum}
 * @param window the {@code _leat_window} of every row; null: NULL in every row
 * @param fingerprint of the {@link SchemaPlan} that it was staged with
 * @param stats per field id
 */
public record StagedFile(
        String path,
        long rows,
        long bytes,
        String checksum,
        @Nullable Instant window,
        String fingerprint,
        Map<Integer, Stats> stats) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is known of a column's values in one file; -1 for unknown counts, bounds in Iceberg's binary form as hex. */
    public record Stats(
            long values,
            long nulls,
            long nans,
            long bytes,
            @Nullable String lower,
            @Nullable String upper) {

        /** The same with this value as both bounds. */
        Stats within(@Nullable String only) {
            return new Stats(values, nulls, nans, bytes, only, only);
        }

        static ByteBuffer bytes(String hex) {
            return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    public StagedFile {
        stats = Collections.unmodifiableMap(new TreeMap<>(stats));
    }

    /** A JSON array, for a record's manifest. */
    public static String toJson(List<StagedFile> files) {
        ArrayNode all = JSON.createArrayNode();
        for (StagedFile file : files) {
            ObjectNode one = all.addObject()
                    .put("path", file.path)
                    .put("rows", file.rows)
                    .put("bytes", file.bytes)
                    .put("checksum", file.checksum);
            if (file.window != null) {
                one.put("window", file.window.toString());
            }
            one.put("fingerprint", file.fingerprint);
            ObjectNode stats = one.putObject("stats");
            file.stats.forEach((id, stat) -> {
                ArrayNode values = stats.putArray(id.toString())
                        .add(stat.values)
                        .add(stat.nulls)
                        .add(stat.nans)
                        .add(stat.bytes);
                if (stat.lower != null && stat.upper != null) {
                    values.add(stat.lower).add(stat.upper);
                }
            });
        }
        return all.toString();
    }

    /** Reads {@link #toJson}. */
    public static List<StagedFile> fromJson(String json) {
        List<StagedFile> files = new ArrayList<>();
        for (JsonNode one : JSON.readTree(json)) {
            Map<Integer, Stats> stats = new TreeMap<>();
            one.required("stats")
                    .forEachEntry((id, values) -> stats.put(
                            Integer.valueOf(id),
                            new Stats(
                                    values.get(0).asLong(),
                                    values.get(1).asLong(),
                                    values.get(2).asLong(),
                                    values.get(3).asLong(),
                                    bound(values, 4),
                                    bound(values, 5))));
            JsonNode window = one.get("window");
            files.add(new StagedFile(
                    one.required("path").asString(),
                    one.required("rows").asLong(),
                    one.required("bytes").asLong(),
                    one.required("checksum").asString(),
                    window == null ? null : Instant.parse(window.asString()),
                    one.required("fingerprint").asString(),
                    stats));
        }
        return files;
    }

    private static @Nullable String bound(JsonNode values, int index) {
        return values.size() > index ? values.get(index).asString() : null;
    }
}
