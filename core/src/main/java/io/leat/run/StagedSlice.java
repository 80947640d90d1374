package io.leat.run;

import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.schema.Accounting;
import io.leat.schema.Sums;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Record;
import io.leat.state.Staging;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice whose rows lie in its own files, judged and checked; or one that failed on the way there.
 *
 * @param staging null if it failed before its rows were staged
 * @param failure null if it may be published
 */
record StagedSlice(
        Record record,
        @Nullable Staging staging,
        Manifest manifest,
        List<CheckResult> checks,
        @Nullable PipelineException failure) {

    static StagedSlice failed(Record record, PipelineException failure) {
        return new StagedSlice(record, null, Manifest.EMPTY, List.of(), failure);
    }

    /** Rows that were staged under the given load, all accounted for. */
    static StagedSlice of(
            Record record,
            LoadId load,
            Accounting accounting,
            @Nullable Sums sums,
            Manifest manifest,
            String fingerprint,
            String sourceToken) {
        var counts = new Counts(
                accounting.read(),
                accounting.loaded(),
                accounting.rejected(),
                accounting.filtered(),
                accounting.deduplicated(),
                accounting.expansion());
        var staging = new Staging(
                load,
                counts,
                AccountingText.json(accounting),
                sums == null ? null : sums.json(),
                manifest.json(),
                fingerprint,
                sourceToken);
        return new StagedSlice(record, staging, manifest, List.of(), null);
    }

    StagedSlice failing(PipelineException reason) {
        return new StagedSlice(record, staging, manifest, checks, reason);
    }

    StagedSlice with(List<CheckResult> results) {
        return new StagedSlice(record, staging, manifest, results, failure);
    }

    /** The same with the sums that were read back. */
    StagedSlice with(Sums sums) {
        Staging old = staged();
        var summed = new Staging(
                old.loadId(),
                old.counts(),
                old.accounting(),
                sums.json(),
                old.manifest(),
                old.fingerprint(),
                old.sourceToken());
        return new StagedSlice(record, summed, manifest, checks, failure);
    }

    boolean publishable() {
        return failure == null;
    }

    Staging staged() {
        if (staging == null) {
            throw new IllegalStateException(record.name() + " has staged nothing");
        }
        return staging;
    }

    @Nullable
    Sums sums() {
        String json = staging == null ? null : staging.sums();
        return json == null ? null : Sums.parse(json);
    }
}
