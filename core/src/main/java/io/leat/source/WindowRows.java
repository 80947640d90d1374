package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.schema.RawSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class WindowRows implements RawRows {
    @Override
    public RawSchema schema() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, List<String>> lacking() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String recordText() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String clean() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String numbered() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Origins origins(DuckDb duckDb, String table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RawRows> plainly() {
        return Optional.empty();
    }
}
