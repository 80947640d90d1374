package io.leat.lake;

import io.leat.name.LoadId;
import io.leat.schema.Provenance;
import io.leat.state.NewLoad;
import io.leat.state.Record;
import io.leat.time.Window;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One slice that is to be published: its record, held by its token, and the files that hold all its rows.
 *
 * @param files each with rows of this record's pipeline and window alone; none if the slice is empty
 * @param rejected rows that were rejected, which lie in the rejects table under the same load id
 * @param sums of the rows, as JSON
 * @param inputs what was read, as JSON
 * @param sourceSeen the last change of the source that was seen; null if the slice is no window of a pipeline
 */
public record SliceLoad(
        Record record,
        LoadId loadId,
        WriteMode mode,
        List<StagedFile> files,
        long rejected,
        @Nullable String sums,
        @Nullable String sourceToken,
        @Nullable String fingerprint,
        @Nullable String inputs,
        @Nullable Long sourceSeen) {

    public SliceLoad {
        files = List.copyOf(files);
        Instant window = windowOf(record);
        for (StagedFile file : files) {
            if (!Objects.equals(file.window(), window)) {
                throw new IllegalArgumentException("a file with the " + Provenance.WINDOW + " " + file.window()
                        + " cannot belong to " + record.name());
            }
        }
    }

    public long rows() {
        return files.stream().mapToLong(StagedFile::rows).sum();
    }

    LakeFile.Provenances provenances() {
        return provenances(record);
    }

    static LakeFile.Provenances provenances(Record record) {
        return new LakeFile.Provenances(record.pipeline().value(), windowOf(record));
    }

    /** The entry of the ledger for it. */
    public NewLoad newLoad(String target) {
        return new NewLoad(
                record, loadId, target, rows(), rejected, sums, sourceToken, fingerprint, inputs, sourceSeen);
    }

    private static @Nullable Instant windowOf(Record record) {
        return record.window().map(Window::start).orElse(null);
    }
}
