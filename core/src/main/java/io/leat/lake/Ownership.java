package io.leat.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.storage.ObjectStore;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The file {@value #KEY} in the lake's folder: the one state store whose tokens count here. */
record Ownership(ObjectStore store) {
    static final String KEY = ".leat-owner";

    private static final JsonMapper JSON = JsonMapper.shared();

    static Ownership of(ObjectStore store) {
        return new Ownership(store);
    }

    /** Takes a lake that nobody has; E401 if another store has it. */
    void claim(String storeId) {
        var owner = owner();
        if (owner.isEmpty()) {
            store.putIfAbsent(KEY, content(storeId));
            FaultPoint.LAKE_OWNER_WRITTEN.reached();
            owner = owner();
        }
        if (owner.isEmpty() || !owner.get().equals(storeId)) {
            throw new PipelineException(
                            ErrorCode.FOREIGN_LAKE,
                            "the lake belongs to the state store " + owner.orElse("nobody can read of")
                                    + ", and this is " + storeId)
                    .withHint(
                            "open it with the state store that it belongs to; if that one is lost, run `leat lake recover`");
        }
    }

    /** Takes the lake, whoever has it. */
    void take(String storeId) {
        store.put(KEY, content(storeId));
        FaultPoint.LAKE_OWNER_WRITTEN.reached();
    }

    Optional<String> owner() {
        return store.read(KEY).map(bytes -> {
            try {
                return JSON.readTree(bytes).required("store_id").asString();
            } catch (JacksonException | IllegalArgumentException damaged) {
                throw new PipelineException(
                                ErrorCode.LAKE_CORRUPT,
                                "the file " + KEY + " in the lake's folder does not say to whom it belongs",
                                damaged)
                        .withHint("if it belongs to this project, run `leat lake recover`");
            }
        });
    }

    private static byte[] content(String storeId) {
        return JSON.createObjectNode().put("store_id", storeId).toString().getBytes(UTF_8);
    }
}
