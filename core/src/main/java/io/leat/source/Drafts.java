package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drafts pipelines for files that nobody has described yet: each column gets the most particular type that holds for every row, by
 * the casts of a run, in two readings of the files and bounded memory. Nothing is written.
 */
public final class Drafts {

    private static final String SCHEMA = "bronze";

    private final DuckDb duckDb;
    private final Place place;

    /**
     * The project that the drafts are for.
     *
     * @param copies for files that DuckDB cannot read as they are
     * @param zone for windows
     * @param pipelines names that are taken
     * @param tables tables that pipelines and models fill
     */
    public record Place(Path root, Copies copies, ZoneId zone, Set<PipelineName> pipelines, Set<TableName> tables) {

        public Place {
            root = root.toAbsolutePath().normalize();
            pipelines = Set.copyOf(pipelines);
            tables = Set.copyOf(tables);
        }
    }

    public Drafts(DuckDb duckDb, Place place) {
        this.duckDb = duckDb;
        this.place = place;
    }

    /** A draft for each file; files of one shape that a pattern covers share one. */
    public List<Draft> of(List<Path> files) {
        return of(files, Optional.empty());
    }

    /**
     * The same with a name, for files that make one draft.
     *
     * @throws PipelineException E109 if a file is not there or may not be read, E305 if it is nothing that can be read or has no rows,
     *     E107 if a name is taken, E503 if the name is given to several drafts
     */
    public List<Draft> of(List<Path> files, Optional<PipelineName> name) {
        List<FileShape> shapes = new ArrayList<>();
        for (Path file : files) {
            shapes.add(FileShape.of(duckDb, place, file));
        }
        List<FileBatch> batches = FileBatch.of(shapes, place.root());
        if (name.isPresent() && batches.size() > 1) {
            throw new PipelineException(
                            ErrorCode.BAD_ARGUMENT,
                            "the files make " + batches.size()
                                    + " pipelines, and there is one name: they differ in columns, form or folder")
                    .withHint("add them one by one");
        }
        if (name.isPresent() && name.get().value().contains(".")) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "the name of a pipeline has no dot: " + name.get())
                    .withHint("the table will be " + SCHEMA + "."
                            + name.get().value().replaceFirst(".*[.]", ""));
        }
        List<PipelineName> names =
                batches.stream().map(batch -> name.orElse(batch.name())).toList();
        requireFree(names, batches);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            drafts.add(new Drafting(duckDb, place, batches.get(i)).draft(names.get(i), table(names.get(i))));
        }
        return drafts;
    }

    private void requireFree(List<PipelineName> names, List<FileBatch> batches) {
        Set<PipelineName> taken = new HashSet<>(place.pipelines());
        for (int i = 0; i < names.size(); i++) {
            PipelineName name = names.get(i);
            String file = batches.get(i).shapes().getFirst().look().file().name();
            if (!taken.add(name)) {
                throw clash(
                        place.pipelines().contains(name)
                                ? "there is a pipeline " + name + " already"
                                : "two of the files would make a pipeline " + name,
                        file);
            }
            String written = Draft.path(name);
            if (Files.exists(place.root().resolve(written))) {
                throw clash("there is a file " + written + " already", file);
            }
            if (place.tables().contains(table(name))) {
                throw clash("the table " + table(name) + " is filled already", file);
            }
        }
    }

    private static PipelineException clash(String sentence, String file) {
        return new PipelineException(ErrorCode.DUPLICATE_NAME, sentence)
                .with("file", file)
                .withHint("choose another name: leat add --name NAME " + file);
    }

    private static TableName table(PipelineName name) {
        return new TableName(SCHEMA, name.value());
    }
}
