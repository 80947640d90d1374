package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A pipeline proposed for files that nobody has described yet. {@link Drafts} makes it.
 *
 * @param files the files that were read, as the project knows them
 * @param rows the rows that can be loaded
 * @param broken records that cannot be read and will be rejected
 * @param key columns whose values together occur once; empty if none were found
 * @param notes what a person should know or decide, a sentence each
 * @param yaml the text of the pipeline's file
 */
public record Draft(
        PipelineName pipeline,
        TableName table,
        List<String> files,
        long rows,
        long broken,
        List<DraftColumn> columns,
        List<String> key,
        List<String> notes,
        String yaml) {

    public Draft {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        notes = List.copyOf(notes);
    }

    /** Where the pipeline's file belongs, relative to the project. */
    public String path() {
        return path(pipeline);
    }

    static String path(PipelineName pipeline) {
        return "pipelines/" + pipeline + ".yaml";
    }

    /**
     * Writes the pipeline's file into a project and answers where.
     *
     * @throws PipelineException E107 if the file is there already; it stays as it is
     */
    public Path writeTo(Path root) {
        Path file = root.resolve(path());
        try {
            LocalStore.createFolders(root.resolve("pipelines"));
            Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return file;
        } catch (FileAlreadyExistsException there) {
            throw new PipelineException(ErrorCode.DUPLICATE_NAME, "there is a file " + path() + " already", there)
                    .withHint("choose another name: leat add --name NAME FILE");
        } catch (IOException failure) {
            throw LocalStore.failed("write", file, failure);
        }
    }
}
