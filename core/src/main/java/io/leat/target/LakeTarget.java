package io.leat.target;

import io.leat.lake.DuckDb;
import io.leat.lake.Evolution;
import io.leat.lake.Lake;
import io.leat.lake.Layout;
import io.leat.lake.Published;
import io.leat.lake.SchemaPlan;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.lake.TableView;
import io.leat.lake.WriteMode;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.Sums;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.time.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the lake: the staged files are its data files, and the state store's fences are its own.
 *
 * @param pipeline whose rows are staged
 * @param fold if the table is made of changes: these are what is staged, published and counted
 */
public record LakeTarget(
        Lake lake,
        EnvironmentName environment,
        PipelineName pipeline,
        TableName table,
        WriteMode write,
        Optional<Fold> fold,
        Evolution evolution)
        implements Target {

    @Override
    public String name() {
        return table.toString();
    }

    @Override
    public void raise(Collection<Record> claimed) {
        // the claim has done it, in the store that publishes
    }

    @Override
    public List<StagedFile> stage(DuckDb duck, Contract contract, String select, Layout layout) {
        return lake.stage(duck, plan(contract), pipeline, select, layout);
    }

    @Override
    public Published publish(DuckDb duck, Contract contract, List<SliceLoad> loads) {
        return fold.isPresent()
                ? lake.publish(duck, plan(contract), table, fold.get(), loads)
                : lake.publish(duck, plan(contract), loads);
    }

    @Override
    public Published replace(DuckDb duck, Contract contract, List<SliceLoad> loads, Retirement retired) {
        return fold.isPresent()
                ? lake.replace(duck, plan(contract), table, fold.get(), loads, retired)
                : lake.replace(duck, plan(contract), loads, retired);
    }

    @Override
    public Optional<String> adopt() {
        boolean there = lake.find(environment, table).isPresent();
        if (there && fold.isPresent() && lake.find(environment, loaded()).isEmpty()) {
            throw new PipelineException(
                            ErrorCode.UNSUPPORTED_TABLE,
                            table
                                    + " was not made of changes, and its rows would be gone with the first that are loaded")
                    .withHint("load it into a table of another name");
        }
        return there && fold.isEmpty() && lake.keeper().adopt(environment, table)
                ? Optional.of("it has the columns by which Leat knows its own rows")
                : Optional.empty();
    }

    private SchemaPlan plan(Contract contract) {
        return fold.isPresent()
                ? lake.planChanges(environment, table, contract, evolution)
                : lake.plan(environment, table, contract, evolution);
    }

    /** Where the rows lie that the loads brought. */
    private TableName loaded() {
        return fold.isPresent() ? Fold.changesOf(table) : table;
    }

    @Override
    public Map<Slice, Long> recount(DuckDb duck, PipelineName pipeline, Collection<? extends Slice> slices) {
        return lake.recount(duck, environment, loaded(), pipeline, slices);
    }

    @Override
    public Optional<String> version() {
        return lake.find(environment, loaded()).map(TableView::metadataLocation);
    }

    @Override
    public Map<Slice, Sums> sums(
            DuckDb duck,
            PipelineName pipeline,
            Collection<? extends Slice> slices,
            List<String> columns,
            AuditLevel level) {
        return lake.sums(duck, environment, loaded(), pipeline, slices, columns, level);
    }
}
