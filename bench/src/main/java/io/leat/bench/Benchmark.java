package io.leat.bench;

import java.io.IOException;
import java.sql.SQLException;

/** What is measured: Leat against the least that the same machine needs for the same. */
interface Benchmark {
    /** What it does, what it is compared with, and the aim. */
    String about();

    /** Makes what both sides read; made once, and kept. */
    void prepare(Place place) throws IOException;

    /** Leat's side, ready to run: what the run before left is away. */
    Command leat(Place place) throws IOException;

    /** The other side, ready to run. */
    Command plain(Place place) throws IOException;

    /**
     * Compares what both sides wrote.
     *
     * @return what was compared, in a line
     * @throws IllegalStateException if they differ
     */
    String compare(Place place) throws IOException, SQLException;
}
