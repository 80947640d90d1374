package io.leat.run;

import io.leat.check.Checks;
import io.leat.config.Problems;
import io.leat.lake.Layout;
import io.leat.lake.StagedFile;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.schema.Accounting;
import io.leat.schema.Contract;
import io.leat.schema.Provenance;
import io.leat.schema.Sums;
import io.leat.source.RawRows;
import io.leat.state.Record;
import io.leat.step.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stages the raw rows of a group of slices: quickly where no row is refused, otherwise by judging each. Every slice gets its
 * own files, rejects and accounting.
 */
final class PipelineStage {

    private final Session session;
    private final Pipeline pipeline;
    private final Lookups lookups;
    private final NodeTarget into;
    private Optional<Contract> contract = Optional.empty();

    PipelineStage(Session session, Node node, Pipeline pipeline, Lookups lookups, boolean groups) {
        this.session = session;
        this.pipeline = pipeline;
        this.lookups = lookups;
        this.into = new NodeTarget(
                node,
                session.targets().of(pipeline),
                fingerprint(),
                groups,
                pipeline.audit(),
                pipeline.execution().concurrency(),
                pipeline.execution()
                        .retries()
                        .orElse(session.project().settings().defaults().retries()));
    }

    /** Of the pipeline, and of what it looks things up in as that is now. */
    private String fingerprint() {
        List<String> parts = new ArrayList<>(lookups.versions(pipeline));
        parts.addFirst(pipeline.fingerprint());
        return parts.size() == 1 ? pipeline.fingerprint() : Tokens.of(parts);
    }

    NodeTarget into() {
        return into;
    }

    Checks checks() {
        return new Checks(session.duck(), pipeline.checks());
    }

    /** The columns of what was staged last, or else of these rows. */
    Contract contract(Supplier<RawRows> rows) {
        Contract known = contract.orElseGet(() -> program(rows.get()).contract());
        contract = Optional.of(known);
        return known;
    }

    /** What a group brought forth; by window start, empty for the slice that is not a window. */
    record Result(
            Map<Optional<Instant>, List<StagedFile>> files,
            List<StagedFile> rejects,
            Map<Optional<Instant>, Map<String, Long>> codes,
            Map<Optional<Instant>, Accounting> accounting,
            Map<Optional<Instant>, Sums> sums) {

        static final Result NOTHING = new Result(Map.of(), List.of(), Map.of(), Map.of(), Map.of());
    }

    private Program program(RawRows rows) {
        var problems = new Problems();
        Optional<Program> program = Program.compile(
                session.duck(),
                new Program.Declared(
                        pipeline.rows().columns(),
                        pipeline.rows().contract(),
                        pipeline.rows().steps(),
                        pipeline.target().fold(),
                        into.target()::limit),
                rows.schema(),
                rows.lacking(),
                rows.recordText(),
                lookups,
                problems);
        problems.throwIfAny();
        return program.orElseThrow(() -> new PipelineException(
                ErrorCode.TRANSFORMATION, "the columns and steps of " + pipeline.name() + " cannot be compiled"));
    }

    Result stage(RawRows rows, Map<Record, LoadId> loads, Layout layout) {
        Program program = program(rows);
        var rowProgram = new RowProgram(program, rows, pipeline.name().value());
        contract = Optional.of(program.contract());
        Optional<String> fast = rowProgram.fast();
        if (fast.isPresent()) {
            try {
                return allGood(into.target().stage(session.duck(), program.contract(), fast.get(), layout));
            } catch (PipelineException e) {
                if (!RowProgram.isRefusal(e)) {
                    throw e;
                }
            }
        }
        try (Judgement judgement = rowProgram.judge(session.duck())) {
            return judged(judgement, program.contract(), loads, layout);
        }
    }

    private static Result allGood(List<StagedFile> files) {
        Map<Optional<Instant>, Accounting> accounting = new HashMap<>();
        Map<Optional<Instant>, List<StagedFile>> byWindow = byWindow(files);
        byWindow.forEach((window, some) -> accounting.put(
                window,
                Accounting.allLoaded(some.stream().mapToLong(StagedFile::rows).sum())));
        return new Result(byWindow, List.of(), Map.of(), accounting, Map.of());
    }

    private static Map<Optional<Instant>, List<StagedFile>> byWindow(List<StagedFile> files) {
        Map<Optional<Instant>, List<StagedFile>> byWindow = new HashMap<>();
        files.forEach(file -> byWindow.computeIfAbsent(Optional.ofNullable(file.window()), window -> new ArrayList<>())
                .add(file));
        return byWindow;
    }

    private Result judged(Judgement judgement, Contract columns, Map<Record, LoadId> loads, Layout layout) {
        List<StagedFile> files = into.target().stage(session.duck(), columns, judgement.good(), layout);
        Map<Optional<Instant>, Map<String, Long>> codes = codes(judgement.rejects());
        List<StagedFile> rejects = codes.isEmpty()
                ? List.of()
                : session.lake()
                        .stageRejects(session.duck(), session.environment(), rejects(judgement.rejects(), loads));
        return new Result(byWindow(files), rejects, codes, judgement.byWindow(), sums(judgement.good(), columns));
    }

    private Map<Optional<Instant>, Sums> sums(String good, Contract columns) {
        Map<Optional<Instant>, Sums> sums = new HashMap<>();
        session.duck().stream(
                "SELECT epoch_us(%1$s), %2$s FROM (%3$s) GROUP BY %1$s"
                        .formatted(Sql.identifier(Provenance.WINDOW), Sums.sql(columns, into.audit()), good),
                row -> {
                    long micros = row.getLong(1);
                    sums.put(
                            row.wasNull() ? Optional.empty() : Optional.of(instant(micros)),
                            Sums.parse(String.valueOf(row.getString(2))));
                });
        return sums;
    }

    Map<Optional<Instant>, Map<String, Long>> codes(String rejects) {
        Map<Optional<Instant>, Map<String, Long>> codes = new HashMap<>();
        session.duck().stream(
                "SELECT epoch_us(\"window\"), code, count(*) FROM (%s) GROUP BY \"window\", code".formatted(rejects),
                row -> {
                    long micros = row.getLong(1);
                    Optional<Instant> window = row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
                    codes.computeIfAbsent(window, none -> new TreeMap<>())
                            .put(String.valueOf(row.getString(2)), row.getLong(3));
                });
        return codes;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000);
    }

    /** Rejects under the loads of their slices, with the columns of the table of rejects. */
    String rejects(String rejects, Map<Record, LoadId> loads) {
        Map<@Nullable Instant, Map.Entry<Record, LoadId>> byStart = new LinkedHashMap<>();
        loads.entrySet()
                .forEach(entry -> byStart.put(Provenances.start(entry.getKey().slice()), entry));
        String known = byStart.values().stream()
                .map(entry -> "(%s, %s, %s)"
                        .formatted(
                                micros(Provenances.start(entry.getKey().slice())),
                                Sql.literal(entry.getKey().slice().text()),
                                Sql.literal(entry.getValue().value())))
                .collect(Collectors.joining(", "));
        return """
                SELECT %s AS pipeline, l.slice, l.load_id, r.file, r.record, r.step, r."column", r.code, r.reason, r.value,
                       r.raw, r."window"
                FROM (%s) AS r
                JOIN (VALUES %s) AS l(micros, slice, load_id) ON epoch_us(r."window") IS NOT DISTINCT FROM l.micros
                """.formatted(Sql.literal(pipeline.name().value()), rejects, known);
    }

    private static String micros(@Nullable Instant start) {
        return start == null ? "CAST(NULL AS BIGINT)" : Long.toString(start.getEpochSecond() * 1_000_000);
    }
}
