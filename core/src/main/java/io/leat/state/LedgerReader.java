package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the ledger. Unless said otherwise only published loads, those that readers of the lake see. */
public interface LedgerReader {

    /** The published load of a slice. */
    Optional<Load> load(EnvironmentName environment, PipelineName pipeline, Slice slice);

    /** The published loads of those of the slices that have one. */
    Map<Slice, Load> loads(EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices);

    /** The published loads of a pipeline, oldest window first. */
    List<Load> loads(EnvironmentName environment, PipelineName pipeline);

    /** The published loads of a table, of all pipelines that fill it, by window and pipeline. */
    List<Load> loads(EnvironmentName environment, TableName target);

    /** Those of a table whose windows overlap {@code [from, to)}, and those that are not windows; null: no bound. */
    List<Load> loads(EnvironmentName environment, TableName target, @Nullable Instant from, @Nullable Instant to);

    /** The published loads of a pipeline that are quarantined: readers see something else than the ledger says. */
    List<Load> quarantined(EnvironmentName environment, PipelineName pipeline);

    /** How many rows the published loads of a pipeline have; null: of all slices, else of windows within these bounds. */
    long publishedRows(EnvironmentName environment, PipelineName pipeline, @Nullable Window within);

    /** A load that was ever published, replaced or not. Empty: its publication did not happen. */
    Optional<Load> loadById(LoadId id);

    /** All loads of a slice that were ever published, oldest first. */
    List<Load> loadHistory(EnvironmentName environment, PipelineName pipeline, Slice slice);

    /** The token that may publish a slice now; empty if it was never claimed. */
    OptionalLong fence(EnvironmentName environment, PipelineName pipeline, Slice slice);
}
