package io.leat.run;

import io.leat.check.Answer;
import io.leat.check.Checks;
import io.leat.lake.StagedFile;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Contract;
import io.leat.schema.Provenance;
import io.leat.schema.Sums;
import io.leat.state.CheckResult;
import io.leat.state.Record;
import io.leat.state.Staging;
import io.leat.state.Verdict;
import io.leat.time.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens between staging and publishing: the gate audit reads the staged files back and compares them with what was
 * staged, and the checks judge them.
 */
final class Inspection {

    private final Session session;
    private final SliceLoader loader;

    Inspection(Session session, SliceLoader loader) {
        this.session = session;
        this.loader = loader;
    }

    /** The staged slice that a record still has from an earlier attempt, if all of it is there and nothing has changed. */
    Optional<StagedSlice> resumable(Record record, @Nullable String sourceToken) {
        Staging staging = record.staging();
        if (staging == null
                || !loader.fingerprint().equals(staging.fingerprint())
                || sourceToken == null
                || !sourceToken.equals(staging.sourceToken())) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(staging.manifest());
        List<StagedFile> files = new ArrayList<>(manifest.files());
        files.addAll(manifest.rejects());
        return session.lake().intact(files)
                ? Optional.of(new StagedSlice(record, staging, manifest, List.of(), null))
                : Optional.empty();
    }

    /** The slices with the verdict of the gate and the checks; those that may not be published have failed. */
    List<StagedSlice> inspect(List<StagedSlice> slices) {
        List<StagedSlice> staged =
                slices.stream().filter(StagedSlice::publishable).toList();
        if (staged.isEmpty()) {
            return slices;
        }
        String relation = relation(staged);
        Map<Optional<Instant>, List<Long>> counted = new HashMap<>();
        Map<Slice, Sums> found;
        try {
            found = readBack(relation, staged, counted);
        } catch (PipelineException e) {
            throw loader.aggregates().isEmpty() ? e : Checks.explained(e);
        }
        Map<Long, StagedSlice> passed = new HashMap<>();
        List<StagedSlice> gated = staged.stream()
                .map(slice -> gate(slice, found.getOrDefault(slice.record().slice(), new Sums(0, Map.of()))))
                .toList();
        List<StagedSlice> asked =
                gated.stream().filter(StagedSlice::publishable).toList();
        List<List<Answer>> answers = loader.check(relation, asked, counted);
        gated.forEach(slice -> passed.put(slice.record().id(), slice));
        for (int i = 0; i < asked.size(); i++) {
            passed.put(asked.get(i).record().id(), judged(asked.get(i), answers.get(i)));
        }
        return slices.stream()
                .map(slice -> passed.getOrDefault(slice.record().id(), slice))
                .toList();
    }

    private String relation(List<StagedSlice> slices) {
        List<String> paths = slices.stream()
                .flatMap(slice -> slice.manifest().files().stream())
                .map(StagedFile::path)
                .toList();
        return paths.isEmpty() ? emptyRelation() : "read_parquet([" + Sql.literals(paths) + "])";
    }

    private String emptyRelation() {
        Contract contract = loader.contract();
        return contract.columns().stream()
                .map(column -> "CAST(NULL AS " + column.type().duckDb() + ") AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(
                        ", ",
                        "(SELECT ",
                        ", CAST(NULL AS VARCHAR) AS %s, CAST(NULL AS TIMESTAMPTZ) AS %s WHERE false)"
                                .formatted(Sql.identifier(Provenance.PIPELINE), Sql.identifier(Provenance.WINDOW))));
    }

    /** One reading of the staged files for gate and checks. */
    private Map<Slice, Sums> readBack(
            String relation, List<StagedSlice> slices, Map<Optional<Instant>, List<Long>> counted) {
        Map<@Nullable Instant, Slice> byStart = new HashMap<>();
        slices.forEach(slice -> byStart.put(
                Provenances.start(slice.record().slice()), slice.record().slice()));
        Map<Slice, Sums> sums = new HashMap<>();
        session.duck().stream(
                "SELECT epoch_us(%1$s), %2$s, CAST([%3$s] AS BIGINT[]) FROM %4$s GROUP BY %1$s"
                        .formatted(
                                Sql.identifier(Provenance.WINDOW),
                                Sums.sql(loader.contract(), loader.into().audit()),
                                String.join(", ", loader.aggregates()),
                                relation),
                row -> {
                    long micros = row.getLong(1);
                    Instant start = row.wasNull() ? null : Instant.ofEpochSecond(micros / 1_000_000);
                    Slice slice = byStart.get(start);
                    if (slice == null) {
                        throw new PipelineException(
                                ErrorCode.GATE_MISMATCH, "staged files hold rows of a window that nobody staged");
                    }
                    sums.put(slice, Sums.parse(String.valueOf(row.getString(2))));
                    counted.put(Optional.ofNullable(start), Checks.longs(row, 3));
                });
        return sums;
    }

    private static StagedSlice gate(StagedSlice slice, Sums found) {
        Sums staged = slice.sums();
        long rows = slice.staged().counts().staged();
        if (found.rows() != rows) {
            return slice.failing(new PipelineException(
                    ErrorCode.GATE_MISMATCH, "%,d rows were staged, %,d were read back".formatted(rows, found.rows())));
        }
        return rows > 0 && staged != null && !staged.equals(found)
                ? slice.failing(new PipelineException(
                        ErrorCode.GATE_MISMATCH, "the sums of what was staged differ from those of what was read back"))
                : slice.with(found);
    }

    private StagedSlice judged(StagedSlice slice, List<Answer> answers) {
        Record record = slice.record();
        Instant now = session.state().now();
        StagedSlice checked = slice.with(answers.stream()
                .map(answer -> new CheckResult(
                        record.id(),
                        record.attempt(),
                        answer.check(),
                        answer.verdict(),
                        answer.value(),
                        answer.threshold(),
                        answer.message(),
                        now))
                .toList());
        String failed = answers.stream()
                .filter(answer -> answer.verdict() == Verdict.FAIL)
                .map(answer -> answer.check() + ": " + answer.message())
                .collect(Collectors.joining("; "));
        return failed.isEmpty() ? checked : checked.failing(new PipelineException(ErrorCode.CHECK_FAILED, failed));
    }
}
