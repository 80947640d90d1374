package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of an exported store, JSON Lines: a head; for each table a line with its columns and the number of its rows, then its
 * rows as arrays; an end with the SHA-256 of all lines before it.
 */
final class StateFile {
    static final String FORM = "leat_state";
    static final int FORM_VERSION = 1;
    static final String END = "sha256";
    static final JsonMapper JSON = JsonMapper.shared();

    private StateFile() {}

    /**
     * The first line.
     *
     * @param version of the tables
     * @param lastToken no token that was ever drawn is greater
     */
    record Head(int version, String storeId, long created, long lastToken, Map<StoredTable, Long> rows) {

        String json() {
            ObjectNode head = JSON.createObjectNode();
            head.put(FORM, FORM_VERSION);
            head.put("version", version);
            head.put("store_id", storeId);
            head.put("created_at", created);
            head.put("last_token", lastToken);
            ObjectNode counts = head.putObject("rows");
            rows.forEach((table, count) -> counts.put(table.table(), count));
            return head.toString();
        }

        static Head parse(JsonNode head, Path file) {
            if (head.path(FORM).asInt(0) != FORM_VERSION) {
                throw damaged(file, "it does not begin as an exported state store does");
            }
            Map<StoredTable, Long> rows = new EnumMap<>(StoredTable.class);
            for (StoredTable table : StoredTable.values()) {
                rows.put(table, head.required("rows").required(table.table()).asLong());
            }
            return new Head(
                    head.required("version").asInt(),
                    head.required("store_id").asString(),
                    head.required("created_at").asLong(),
                    head.required("last_token").asLong(),
                    rows);
        }
    }

    static JsonNode parse(String line, Path file, long number) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException wrong) {
            throw damaged(file, "line " + number + " is not JSON");
        }
    }

    static PipelineException damaged(Path file, String what) {
        return new PipelineException(
                        ErrorCode.STATE_CORRUPT,
                        "this is no whole export of a state store: " + what,
                        Map.of("file", file.toString()),
                        null)
                .withHint("Export the store again; one that has moved can still be exported.");
    }
}
