package io.leat.run;

import io.leat.config.Key;
import io.leat.config.Problems;
import io.leat.config.Shape;
import io.leat.config.SourceText;
import io.leat.config.Yaml;
import io.leat.lake.DuckDb;
import io.leat.source.Copies;
import io.leat.source.FileRows;
import io.leat.source.FileSource;
import io.leat.source.RawRows;
import io.leat.step.Columns;
import io.leat.step.Lookup;
import io.leat.step.Program;
import io.leat.step.SchemaContract;
import io.leat.step.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs rows of files in a folder through columns and steps that are written as in a project. */
final class RowBench implements AutoCloseable {

    private static final Key<FileSource> FILES = Key.required("files", FileSource.SHAPE, "");
    private static final Key<Columns> COLUMNS = Key.optional("columns", Columns.SHAPE, "", "{}");
    private static final Key<List<Step>> STEPS = Key.optional("steps", Step.SHAPE, "", "[]");
    private static final Key<SchemaContract> CONTRACT = Key.optional("schema_contract", SchemaContract.SHAPE, "", "{}");

    record Spec(FileSource files, Columns columns, List<Step> steps, SchemaContract contract) {
        static final Shape<Spec> SHAPE = Shape.object(
                "pipeline",
                "",
                fields -> new Spec(
                        fields.value(FILES), fields.value(COLUMNS), fields.value(STEPS), fields.value(CONTRACT)),
                FILES,
                COLUMNS,
                STEPS,
                CONTRACT);
    }

    final DuckDb duckDb;
    private final Path folder;
    private final List<Judgement> open = new ArrayList<>();
    private Lookup.Resolver lookups = with -> Optional.empty();

    RowBench(Path folder) {
        this.folder = folder;
        this.duckDb = DuckDb.open(new DuckDb.Limits(1L << 29, 2, folder.resolve("tmp"), 1L << 30));
    }

    RowBench with(Lookup.Resolver resolver) {
        lookups = resolver;
        return this;
    }

    RowBench file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    RowBench file(String name, byte[] content) {
        try {
            Files.write(folder.resolve(name), content);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Spec spec(String yaml) {
        var problems = new Problems();
        var spec = Yaml.parse(yaml, SourceText.ofText("pipeline.yaml", yaml), problems)
                .flatMap(node -> Spec.SHAPE.read(node, problems));
        problems.throwIfAny();
        return spec.orElseThrow();
    }

    RowProgram program(String yaml) {
        Spec spec = spec(yaml);
        RawRows rows = FileRows.open(
                duckDb, spec.files(), spec.files().list(folder), new Copies(folder.resolve("copies")), List.of());
        return new RowProgram(program(spec, rows), rows, "p");
    }

    Program program(Spec spec, RawRows rows) {
        var problems = new Problems();
        var program = Program.compile(
                duckDb,
                new Program.Declared(spec.columns(), spec.contract(), spec.steps(), Optional.empty()),
                rows.schema(),
                rows.lacking(),
                rows.recordText(),
                lookups,
                problems);
        problems.throwIfAny();
        return program.orElseThrow();
    }

    Judgement judge(String yaml) {
        var judgement = program(yaml).judge(duckDb);
        open.add(judgement);
        return judgement;
    }

    /** {@code record code column value}, in order. */
    List<String> rejects(Judgement judgement) {
        return duckDb.query(
                "SELECT concat_ws(' ', record, code, \"column\", value) FROM (" + judgement.rejects()
                        + ") ORDER BY file, record",
                row -> row.getString(1));
    }

    /** The user's columns of each good row as one text, in order. */
    List<String> good(Judgement judgement) {
        return rows(judgement.good());
    }

    List<String> rows(String query) {
        return duckDb.query(
                "SELECT CAST(t AS VARCHAR) FROM (SELECT * EXCLUDE (_leat_pipeline, _leat_window) FROM (" + query
                        + ") ORDER BY ALL) AS t",
                row -> row.getString(1));
    }

    @Override
    public void close() {
        open.forEach(Judgement::close);
        duckDb.close();
    }
}
