package io.leat.run;

import io.leat.lake.StagedFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a slice has staged, as it stands on its record: enough for another process to publish it.
 *
 * @param files the rows, data files of the target table
 * @param rejects the rejected rows, data files of the table of rejects; shared by slices that were staged together
 * @param codes rejected rows by code
 * @param inputs what was read, for the ledger
 * @param sourceSeen the last change of the source that was seen; null if the slice is no window of a pipeline
 */
record Manifest(
        List<StagedFile> files,
        List<StagedFile> rejects,
        Map<String, Long> codes,
        String inputs,
        @Nullable Long sourceSeen) {

    static final Manifest EMPTY = new Manifest(List.of(), List.of(), Map.of(), "", null);

    private static final JsonMapper JSON = JsonMapper.shared();

    Manifest {
        files = List.copyOf(files);
        rejects = List.copyOf(rejects);
        codes = Map.copyOf(codes);
    }

    /** A JSON object that {@link #parse} reads. */
    String json() {
        ObjectNode object = JSON.createObjectNode();
        object.put("files", StagedFile.toJson(files));
        object.put("rejects", StagedFile.toJson(rejects));
        ObjectNode byCode = object.putObject("codes");
        new TreeMap<>(codes).forEach(byCode::put);
        object.put("inputs", inputs);
        if (sourceSeen != null) {
            object.put("source_seen", sourceSeen);
        }
        return object.toString();
    }

    static Manifest parse(String json) {
        JsonNode object = JSON.readTree(json);
        JsonNode seen = object.get("source_seen");
        Map<String, Long> codes = new TreeMap<>();
        object.required("codes").forEachEntry((code, rows) -> codes.put(code, rows.asLong()));
        return new Manifest(
                StagedFile.fromJson(object.required("files").asString()),
                StagedFile.fromJson(object.required("rejects").asString()),
                codes,
                object.required("inputs").asString(),
                seen == null ? null : seen.asLong());
    }
}
