package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes one draft: a survey of all rows, a decision for each column, a proof. */
final class Drafting {

    private final DuckDb duckDb;
    private final Drafts.Place place;
    private final FileBatch batch;
    private final FileShape shape;

    Drafting(DuckDb duckDb, Drafts.Place place, FileBatch batch) {
        this.duckDb = duckDb;
        this.place = place;
        this.batch = batch;
        this.shape = batch.shapes().getFirst();
    }

    private record Surveyed(CsvForm form, List<RawColumn> columns, List<Finding> findings, long broken) {}

    Draft draft(PipelineName pipeline, TableName table) {
        try {
            return make(pipeline, table);
        } catch (PipelineException failure) {
            throw FileShape.explained(failure, shape.look().file());
        }
    }

    private Draft make(PipelineName pipeline, TableName table) {
        Surveyed surveyed = survey();
        requireRows(surveyed);
        List<Finding> findings = surveyed.findings();
        NullChoice nulls = NullChoice.of(findings);
        FileSource source = source(nulls.in(surveyed.form()));
        List<DraftColumn> columns = WideColumns.joined(columns(surveyed, nulls), findings);
        List<List<Integer>> keys =
                new KeyRanking(columns, findings).candidates(findings.getFirst().rows());
        Optional<DraftColumn> time = columns.stream()
                .filter(column -> column.isTime() && column.required())
                .findFirst();
        Proof.Proved proved;
        try (OpenRows rows = open(source, surveyed.broken() > 0)) {
            proved = new Proof(duckDb, rows).of(columns, keys, time);
        }
        List<String> key =
                proved.key().stream().map(each -> columns.get(each).name()).toList();
        List<String> notes = notes(source, nulls, surveyed, columns);
        List<String> window = proved.span()
                .map(span -> WindowSketch.of(span, proved.rows(), place.zone()))
                .orElse(List.of());
        String yaml =
                new DraftYaml(pipeline, table, source).text(title(proved.rows()), notes, proved.columns(), key, window);
        return new Draft(
                pipeline,
                table,
                batch.files().stream().map(SourceFile::name).toList(),
                proved.rows(),
                surveyed.broken(),
                proved.columns(),
                key,
                notes,
                yaml);
    }

    /** The first way of reading in which no record is broken; if there is none, the first. */
    private Surveyed survey() {
        for (CsvForm form : shape.forms()) {
            try (OpenRows rows = open(source(form), false)) {
                return survey(form, rows);
            } catch (PipelineException failure) {
                if (!OpenRows.isAboutContent(failure)) {
                    throw failure;
                }
            }
        }
        CsvForm first = shape.forms().getFirst();
        try (OpenRows rows = open(source(first), true)) {
            return survey(first, rows);
        }
    }

    private Surveyed survey(CsvForm form, OpenRows rows) {
        if (rows.columns().isEmpty()) {
            return new Surveyed(form, List.of(), List.of(), rows.broken());
        }
        boolean words = shape.look().format() == FileFormat.CSV;
        return new Surveyed(
                form, rows.columns(), new Survey(duckDb, rows.relation(), words).of(rows.columns()), rows.broken());
    }

    private OpenRows open(FileSource source, boolean salvaged) {
        FileRows rows = FileRows.open(duckDb, source, batch.files(), place.copies(), List.of());
        return salvaged ? OpenRows.salvaged(duckDb, rows) : OpenRows.direct(duckDb, rows);
    }

    private FileSource source(CsvForm form) {
        return shape.source(List.of(batch.pattern()), form);
    }

    private void requireRows(Surveyed surveyed) {
        long rows = surveyed.findings().isEmpty()
                ? 0
                : surveyed.findings().getFirst().rows();
        boolean json = shape.look().format() == FileFormat.JSON || shape.look().format() == FileFormat.NDJSON;
        if (rows == 0 && json) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            "the file holds neither a list of objects nor an object in each line")
                    .withHint("write it as [{…}, {…}] or as one object a line (NDJSON)");
        }
        if (rows == 0) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            surveyed.broken() == 0
                                    ? "the file has no rows"
                                    : "none of its " + surveyed.broken() + " records can be read")
                    .withHint("add a file that has rows: they tell what its columns are");
        }
        if (surveyed.broken() > rows) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            grouped(surveyed.broken()) + " of " + grouped(surveyed.broken() + rows)
                                    + " records do not have the form of the others")
                    .withHint("look at the file: is it one table, with one header?");
        }
    }

    private List<DraftColumn> columns(Surveyed surveyed, NullChoice nulls) {
        List<String> raw = surveyed.columns().stream().map(RawColumn::name).toList();
        List<String> names = DraftNames.ofColumns(raw);
        List<DraftColumn> columns = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Finding finding = surveyed.findings().get(i);
            Finding.Choice choice = finding.choice(nulls.covers(finding));
            boolean required = finding.values() == finding.rows() && (finding.words() & nulls.words()) == 0;
            columns.add(new DraftColumn(
                    names.get(i), raw.get(i), choice.type(), choice.format(), required, choice.remark()));
        }
        return columns;
    }

    private List<String> notes(FileSource source, NullChoice nulls, Surveyed surveyed, List<DraftColumn> columns) {
        long broken = surveyed.broken();
        List<String> notes = new ArrayList<>();
        if (source.patterns().getFirst().startsWith("/")) {
            notes.add("outside of the project: the path holds on this machine only");
        }
        if (batch.files().size() > 1) {
            notes.add("new files that match the pattern will be loaded too");
        }
        nulls.remark(columns.stream().map(DraftColumn::name).toList(), surveyed.findings())
                .ifPresent(notes::add);
        if (broken > 0) {
            notes.add(grouped(broken) + (broken == 1 ? " record does" : " records do")
                    + " not have the form of the others and will be rejected: see leat rejects");
        }
        return notes;
    }

    private String title(long rows) {
        List<String> names = batch.files().stream().map(SourceFile::name).toList();
        String read = names.size() <= 3 ? names.stream().collect(Collectors.joining(", ")) : names.size() + " files";
        return "Drafted by leat add from " + read.replaceAll("\\p{Cntrl}", "?") + ": " + grouped(rows)
                + (rows == 1 ? " row." : " rows.");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
