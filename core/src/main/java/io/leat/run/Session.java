package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.RunId;
import io.leat.project.Project;
import io.leat.state.StateStore;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What the parts of one run share. The DuckDB session is used by one group of slices at a time. */
record Session(Project project, StateStore state, Lake lake, DuckDb duck, ModelInputs models, RunId run, Known known) {

    /** What this process need not find out again. */
    record Known(SourceChecksums checksums, Counted counted) {
        Known() {
            this(new SourceChecksums(), new Counted());
        }
    }

    /** How long a claim holds without renewal. */
    static final Duration LEASE = Duration.ofSeconds(90);

    /** The most slices that travel in one commit. */
    static final int GROUP = 256;

    Targets targets() {
        return new Targets(project, state, lake);
    }

    Grids grids() {
        return new Grids(project, state);
    }

    EnvironmentName environment() {
        return project.environment();
    }

    /** An id for what is about to be staged. */
    LoadId newLoad() {
        return LoadId.at(state.now(), ThreadLocalRandom.current());
    }
}
