package io.leat.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.name.EnvironmentName;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.state.StateReader;
import io.leat.storage.LocalStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@value #NAME} beside each table that names its newest metadata file, for the day on which the state store is
 * lost. It is written after the commit and decides nothing: a crash in between leaves it one commit behind.
 */
final class Pointers {
    static final String NAME = "_leat_current.json";

    private static final Logger LOG = LoggerFactory.getLogger(Pointers.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_ROUNDS = 5;

    private final LocalStore store;
    private final StateReader state;
    private final Tables tables;

    Pointers(LocalStore store, StateReader state, Tables tables) {
        this.store = store;
        this.state = state;
        this.tables = tables;
    }

    /** What a pointer file says. */
    record Pointer(String storeId, String environment, String table, String metadataLocation, boolean dropped) {}

    /**
     * Writes where the table is now. Another process may do the same meanwhile and be overtaken, so the last one to write
     * looks again. A failure is logged: the table is committed, and the next commit writes the file anew.
     */
    void write(EnvironmentName environment, TableName table) {
        try {
            String written = null;
            for (int round = 0; round < MOST_ROUNDS; round++) {
                var current = state.metadataLocation(environment, table);
                if (current.isEmpty() || current.get().equals(written)) {
                    return;
                }
                written = current.get();
                put(environment, table, written, false);
            }
        } catch (PipelineException failure) {
            LOG.warn("the pointer of {} could not be written: {}", table, failure.message());
        }
        FaultPoint.LAKE_POINTER_WRITTEN.reached();
    }

    /** Notes that the table is gone on purpose, so that its files may go too. */
    void drop(EnvironmentName environment, TableName table, String metadataLocation) {
        put(environment, table, metadataLocation, true);
    }

    /** What the pointer beside a table's metadata says; empty if there is none that can be read. */
    Optional<Pointer> read(Path tableFolder) {
        String key = store.root()
                .relativize(tableFolder.resolve("metadata").resolve(NAME))
                .toString();
        return store.read(key).flatMap(bytes -> Optional.ofNullable(parse(bytes)));
    }

    private void put(EnvironmentName environment, TableName table, String location, boolean dropped) {
        var json = JSON.createObjectNode()
                .put("store_id", state.storeId())
                .put("environment", environment.value())
                .put("table", table.toString())
                .put("metadata_location", location)
                .put("dropped", dropped);
        Path file =
                Path.of(tables.location(environment, table)).resolve("metadata").resolve(NAME);
        store.put(store.root().relativize(file).toString(), json.toString().getBytes(UTF_8));
    }

    private static @Nullable Pointer parse(byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            return new Pointer(
                    json.required("store_id").asString(),
                    json.required("environment").asString(),
                    json.required("table").asString(),
                    json.required("metadata_location").asString(),
                    json.required("dropped").asBoolean());
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
