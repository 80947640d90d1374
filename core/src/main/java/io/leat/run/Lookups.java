package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.project.Pipeline;
import io.leat.schema.Column;
import io.leat.schema.LeatType;
import io.leat.schema.RawSchema;
import io.leat.source.Copies;
import io.leat.source.FileRows;
import io.leat.source.FileSource;
import io.leat.source.SourceFile;
import io.leat.step.Lookup;
import io.leat.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where the {@code enrich} steps of a pipeline look things up: tables of the lake, or files of the project. */
final class Lookups implements Lookup.Resolver {

    private final Session session;
    private final Copies copies;

    Lookups(Session session, Copies copies) {
        this.session = session;
        this.copies = copies;
    }

    @Override
    public Optional<Lookup> find(String with) {
        return Pipeline.isTable(with) ? table(TableName.parse(with)) : Optional.of(file(with));
    }

    private Optional<Lookup> table(TableName table) {
        return session.lake()
                .find(session.environment(), table)
                .map(view -> new Lookup(view.sql(), types(view.contract().columns())));
    }

    private static Map<String, LeatType> types(List<Column> columns) {
        Map<String, LeatType> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    private Lookup file(String path) {
        FileRows rows = FileRows.open(session.duck(), source(path), files(path), copies, List.of());
        RawSchema schema = rows.schema();
        Map<String, LeatType> types = new LinkedHashMap<>();
        schema.columns().forEach(column -> types.put(column.name(), LeatType.ofDuckDb(column.sqlType())));
        String columns = IntStream.range(0, schema.columns().size())
                .mapToObj(place -> RawSchema.sqlName(place) + " AS "
                        + Sql.identifier(schema.columns().get(place).name()))
                .collect(Collectors.joining(", "));
        return new Lookup("SELECT " + columns + " FROM (" + rows.clean() + ")", types);
    }

    private static FileSource source(String path) {
        return FileSource.ofPatterns(List.of(path));
    }

    private List<SourceFile> files(String path) {
        try {
            return source(path).list(session.project().root());
        } catch (PipelineException missing) {
            throw missing.with("step", "enrich: { with: " + path + " }");
        }
    }

    /** The version of everything that the pipeline looks things up in. */
    List<String> versions(Pipeline pipeline) {
        return pipeline.rows().steps().stream()
                .filter(Step.Enrich.class::isInstance)
                .map(step -> ((Step.Enrich) step).with().value())
                .distinct()
                .sorted()
                .flatMap(with -> version(with).stream())
                .toList();
    }

    private List<String> version(String with) {
        if (!Pipeline.isTable(with)) {
            return files(with).stream().map(SourceFile::sha256).toList();
        }
        return session.state().loads(session.environment(), TableName.parse(with)).stream()
                .map(load -> load.loadId().value())
                .sorted()
                .toList();
    }

    /** What a pipeline has to wait for: a table that was never filled, or that nothing may be built on. */
    Optional<String> waiting(Pipeline pipeline) {
        for (var lookup : pipeline.lookups()) {
            TableName table = lookup.value();
            if (!session.models().isLoaded(table)) {
                return Optional.of("waiting: " + table + " has not been loaded");
            }
            if (session.models().isQuarantined(table)) {
                return Optional.of("waiting: " + table + " is quarantined");
            }
        }
        return Optional.empty();
    }
}
