package io.leat.run;

import io.leat.lake.WriteMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One combination of where the state is, where the rows go, and what a load does to those that are there. */
record Cell(Store store, Into into, WriteMode write) {

    enum Store {
        SQLITE,
        POSTGRES
    }

    enum Into {
        LAKE,
        POSTGRES
    }

    static List<Cell> all() {
        return Arrays.stream(Store.values())
                .flatMap(store -> Arrays.stream(Into.values())
                        .flatMap(into -> Arrays.stream(WriteMode.values()).map(write -> new Cell(store, into, write))))
                .toList();
    }

    boolean usesServer() {
        return store == Store.POSTGRES || into == Into.POSTGRES;
    }

    /** Whether the table is made of the changes that are loaded. */
    boolean folds() {
        return write == WriteMode.MERGE || write == WriteMode.HISTORY;
    }

    /** For example {@code sqlite-lake-merge}: state, target, mode. */
    @Override
    public String toString() {
        return "%s-%s-%s".formatted(store, into, write).toLowerCase(Locale.ROOT);
    }
}
